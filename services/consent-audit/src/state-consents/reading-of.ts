import { type AccessRequest, actorOf } from '@yinglian/access';
import type { PersonPrincipal } from '@yinglian/platform';

/** The question to the decision point: a clerk who has the patient before them, or the patient. */
export const readingOf = (
  caller: PersonPrincipal,
  personId: string,
  action: 'person.read' | 'audit.search' = 'person.read',
): AccessRequest => ({ actor: actorOf(caller), action, personId, studyInstanceUid: null, ownerHospital: null });
