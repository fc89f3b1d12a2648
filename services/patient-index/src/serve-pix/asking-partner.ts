import { type AccessRequest, anyActorOf } from '@yinglian/access';
import type { PixPartner } from './pix-settings.js';

/** The question to the decision point of a hospital's system that asks about persons. */
export const askingPartner = (
  { client, hospital, queries }: PixPartner,
  action: 'person.search' | 'person.read',
  personId: string | null,
): AccessRequest => ({
  actor: anyActorOf({ kind: 'service', clientId: client, scopes: queries ? ['persons:read'] : [], hospital }),
  action,
  personId,
  studyInstanceUid: null,
  ownerHospital: null,
});
