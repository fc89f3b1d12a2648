import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { EventData, PatientObservedV3 } from '@yinglian/contracts';
import { householdOf } from '@yinglian/names';

const DIGEST_BYTES = 16;
const SECRET_AT_LEAST = 32;

/** Tells that two have one surname and one address, and neither of them; null where it is not known. */
export type HouseholdDigest = (
  patient: Pick<EventData<typeof PatientObservedV3>, 'name' | 'addresses'>,
) => Buffer | null;

export const HOUSEHOLD_DIGEST = Symbol('which household somebody belongs to');

/** By a secret outside of the database: who reads the database alone cannot try out names and addresses. @throws when it is too short */
export function householdDigest(keyFile: string): HouseholdDigest {
  const key = readFileSync(keyFile, 'utf8').trim();
  if (key.length < SECRET_AT_LEAST)
    throw new Error(`The secret of households has fewer than ${SECRET_AT_LEAST} characters`);
  return ({ name, addresses }) => {
    const household = householdOf(name, addresses);
    return household === null ? null : createHmac('sha256', key).update(household).digest().subarray(0, DIGEST_BYTES);
  };
}
