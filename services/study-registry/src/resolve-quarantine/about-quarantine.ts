import { type AccessRequest, actorOf } from '@yinglian/access';
import { Uid } from '@yinglian/contracts';
import type { PersonPrincipal } from '@yinglian/platform';
import { z } from 'zod';
import type { StudyRow } from '../storage/study-row.js';

export const CaseId = z.string().regex(/^\d{1,18}$/);

/** Stewards see whose a study is and no image: to the decision point, what they look at here is a search for identities. */
export const aboutQuarantine = (caller: PersonPrincipal, study: StudyRow | null): AccessRequest => ({
  actor: actorOf(caller),
  action: 'person.search',
  personId: study?.person_id ?? null,
  studyInstanceUid: study === null ? null : Uid.parse(study.study_uid),
  ownerHospital: study?.hospital ?? null,
});
