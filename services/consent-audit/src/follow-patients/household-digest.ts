import { createHmac, hkdfSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { EventData, PatientObservedV3 } from '@yinglian/contracts';
import { householdOf } from '@yinglian/names';
import { keysOfFile } from '@yinglian/transparency-log';

const DIGEST_BYTES = 16;

/** Tells that two have one surname and one address, and neither of them; null where it is not known. */
export type HouseholdDigest = (
  patient: Pick<EventData<typeof PatientObservedV3>, 'name' | 'addresses'>,
) => Buffer | null;

export const HOUSEHOLD_DIGEST = Symbol('which household somebody belongs to');

/** By a key that is made of those outside of the database: who reads the database alone cannot try out names and addresses. */
export function householdDigest(keyFile: string): HouseholdDigest {
  const [first] = keysOfFile(readFileSync(keyFile, 'utf8'));
  const secret = first?.export({ format: 'der', type: 'pkcs8' }) ?? '';
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'yinglian/households/v1', 32));
  return ({ name, addresses }) => {
    const household = householdOf(name, addresses);
    return household === null ? null : createHmac('sha256', key).update(household).digest().subarray(0, DIGEST_BYTES);
  };
}
