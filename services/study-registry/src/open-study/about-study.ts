import { type AccessRequest, actorOf } from '@yinglian/access';
import type { PersonPrincipal } from '@yinglian/platform';
import type { StudyRow } from '../storage/study-row.js';

/** The question to the decision point about a study, known or not. */
export const aboutStudy = (
  action: 'study.search' | 'study.retrieve',
  caller: PersonPrincipal,
  studyInstanceUid: string,
  study?: StudyRow,
): AccessRequest => ({
  actor: actorOf(caller),
  action,
  personId: study?.person_id ?? null,
  studyInstanceUid,
  ownerHospital: study?.hospital ?? null,
});

/** What the decision point needs to know of a study that a list shows. */
export const listed = (study: StudyRow) => ({
  studyInstanceUid: study.study_uid,
  personId: study.person_id,
  ownerHospital: study.hospital,
});
