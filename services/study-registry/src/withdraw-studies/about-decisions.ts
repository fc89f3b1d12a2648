import { type AccessRequest, actorOf } from '@yinglian/access';
import type { PersonPrincipal } from '@yinglian/platform';
import type { StudyRow } from '../storage/study-row.js';

/** Stewards see whose a study is and no image: to the decision point, what they decide here is a search for identities. */
export const aboutDecisions = (
  caller: PersonPrincipal,
  studyInstanceUid: string | null,
  study?: StudyRow,
): AccessRequest => ({
  actor: actorOf(caller),
  action: 'person.search',
  personId: study?.person_id ?? null,
  studyInstanceUid,
  ownerHospital: study?.hospital ?? null,
});

/** A hospital's steward decides about what that hospital made; one of the commission about all. */
export const mayDecide = ({ hospital }: PersonPrincipal, study: StudyRow): boolean =>
  hospital === null || hospital === study.hospital;
