import type { Sql } from '@yinglian/persistence';
import { interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import { endOf, type SessionLimits } from '../domain/sign-in-session.js';
import { isStaff } from '../domain/staff.js';
import { findSession } from '../storage/sign-in-session.store.js';
import { findStaff } from '../storage/staff.store.js';
import { proofIn } from './proof.js';

/** An authorization request with this among its `acr_values` asks for the second factor, also of who proved it before. */
export const SECOND_FACTOR_ACR = 'urn:yinglian:second-factor';

const OVER = 'session_over';
const MISSING = 'second_factor_missing';
const WANTED = 'second_factor_wanted';

/** Whether who is signed in is asked for the password again: for a second factor alone they are not. */
export const needsPassword = (reasons: readonly string[]) =>
  reasons.some((reason) => ![MISSING, WANTED].includes(reason));

export const asksForSecondFactor = (reasons: readonly string[]) =>
  reasons.some((reason) => [MISSING, WANTED].includes(reason));

interface Rules {
  readonly limits: SessionLimits;
  readonly secondFactor: 'required' | 'offered';
}

/** There is one question, who are you; consent is not asked. */
export function signInPolicy(sql: Sql, { limits, secondFactor }: Rules) {
  const policy = interactionPolicy.base();
  policy.remove('consent');
  const checks = policy.get('login')?.checks;
  if (checks === undefined) throw new Error('The provider’s policy has no login');
  const add = (reason: string, description: string, isAsked: (context: KoaContextWithOIDC) => Promise<boolean>) =>
    checks.add(new interactionPolicy.Check(reason, description, 'login_required', isAsked));

  add(OVER, 'the session was not used for too long, or is too old', async ({ oidc: { session } }) => {
    if (session?.accountId === undefined) return false;
    const known = await findSession(sql, session.uid);
    return known === undefined || endOf(known, limits, new Date()) !== undefined;
  });
  add(MISSING, 'staff of the province need a second factor', async ({ oidc: { session } }) => {
    if (secondFactor !== 'required' || session?.accountId === undefined) return false;
    const staff = await findStaff(sql, session.accountId);
    const known = await findSession(sql, session.uid);
    return staff !== undefined && isStaff(staff) && known?.secondFactorAt === null;
  });
  add(WANTED, 'the second factor is to be proved now', async ({ oidc: { params, result } }) => {
    const wished = typeof params?.acr_values === 'string' ? params.acr_values.split(' ') : [];
    return wished.includes(SECOND_FACTOR_ACR) && proofIn(result)?.secondFactorAt == null;
  });
  return policy;
}
