import type { EventData, SignInRecordedV1 } from '@yinglian/contracts';
import type { Sql } from '@yinglian/persistence';
import { type KeptRecord, keepAccesses } from './keep-accesses.js';

export type KeptSignIn = EventData<typeof SignInRecordedV1> & { readonly eventId: string };

/** Adds what happened at sign-ins to the audit log, in the columns of accesses: nobody's images, and no policy that decided. */
export const keepSignIns = (tx: Sql, signIns: readonly KeptSignIn[]): Promise<void> =>
  keepAccesses(tx, signIns.map(recordOf));

const recordOf = ({ recordId, methods, outcome, code, ...signIn }: KeptSignIn): KeptRecord => ({
  ...signIn,
  accessId: recordId,
  count: 1,
  purposeOfUse: 'HOPERAT',
  personId: null,
  studyInstanceUid: null,
  ownerHospital: null,
  query: methods,
  decision: { outcome, code, policies: [], policyVersion: '' },
});
