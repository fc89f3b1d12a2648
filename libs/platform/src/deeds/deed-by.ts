import { randomUUID } from 'node:crypto';
import { type DeedRecordedV1, type EventData, NOBODY } from '@yinglian/contracts';
import type { Principal } from '../auth/principal.js';

export type RecordedDeed = EventData<typeof DeedRecordedV1>;

/** What was done; what is not named it was not done to. */
export type Deed = Pick<RecordedDeed, 'action'> & Partial<Omit<RecordedDeed, 'recordId' | 'at' | 'actor'>>;

/** Whoever does it; null where the province itself does, by its clock or at its first start. */
export type Doer = Principal | null;

/** The record of a deed, to be committed with it. Its purpose is healthcare operations unless told. */
export const deedBy = (doer: Doer, deed: Deed, at: Date): RecordedDeed => ({
  recordId: randomUUID(),
  at: at.toISOString(),
  actor: actorOf(doer),
  purposeOfUse: 'HOPERAT',
  personId: null,
  studyInstanceUid: null,
  account: null,
  hospital: null,
  object: null,
  code: 'DONE',
  changed: [],
  ...deed,
});

function actorOf(doer: Doer): RecordedDeed['actor'] {
  if (doer === null) return { subject: NOBODY, displayName: '', roles: [], hospital: null };
  const { hospital } = doer;
  if (doer.kind === 'service') {
    return { subject: `client:${doer.clientId}`, displayName: doer.clientId, roles: [], hospital };
  }
  return { subject: doer.subject, displayName: doer.displayName, roles: [...doer.roles], hospital };
}
