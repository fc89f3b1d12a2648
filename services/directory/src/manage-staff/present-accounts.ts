import type { Sql } from '@yinglian/persistence';
import { presentStaff, type Staff } from '../domain/staff.js';
import { linkedAccounts } from '../storage/linked-identity.store.js';
import { accountsWithSecondFactor } from '../storage/second-factor.store.js';
import { locksOf } from '../storage/sign-in-failure.store.js';

/** Accounts as an administrator sees them: with whether they have a second factor or a sign-in at their hospital, and until when they are locked. */
export async function presentAccounts(sql: Sql, staff: readonly Staff[]) {
  const usernames = staff.map(({ username }) => username);
  const [withFactor, linked, locks] = await Promise.all([
    accountsWithSecondFactor(sql, usernames),
    linkedAccounts(sql, usernames),
    locksOf(sql, usernames, new Date()),
  ]);
  return staff.map((each) => ({
    ...presentStaff(each),
    secondFactor: withFactor.has(each.username),
    linked: linked.has(each.username),
    lockedUntil: locks.get(each.username)?.toISOString() ?? null,
  }));
}
