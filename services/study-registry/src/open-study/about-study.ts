import { type AccessRequest, actorOf } from '@yinglian/access';
import type { PersonPrincipal } from '@yinglian/platform';
import type { StudyResultRow } from '../storage/study-row.js';

/** The question to the decision point about a study, known or not. */
export const aboutStudy = (
  action: 'study.search' | 'study.retrieve',
  caller: PersonPrincipal,
  studyInstanceUid: string,
  study?: Pick<StudyResultRow, 'person_id' | 'hospital'>,
): AccessRequest => ({
  actor: actorOf(caller),
  action,
  personId: study?.person_id ?? null,
  studyInstanceUid,
  ownerHospital: study?.hospital ?? null,
});

/** What the decision point needs to know of a study that a list shows. */
export const listed = (study: Pick<StudyResultRow, 'study_uid' | 'person_id' | 'hospital'>) => ({
  studyInstanceUid: study.study_uid,
  personId: study.person_id,
  ownerHospital: study.hospital,
});
