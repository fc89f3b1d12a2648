import type { Sql } from '@yinglian/persistence';
import type { AccessToken, ClientCredentials, JWTStructured } from 'oidc-provider';
import { findSession } from '../storage/sign-in-session.store.js';
import { findStaff } from '../storage/staff.store.js';

/** What an access token says beside the standard claims. It never carries patient data. */
export async function tokenClaims(sql: Sql, token: AccessToken | ClientCredentials): Promise<Record<string, unknown>> {
  if (token.kind === 'ClientCredentials') return { hospital: token.client?.hospital ?? null };
  const staff = await findStaff(sql, token.accountId);
  if (staff === undefined) throw new Error('A token is given to an account that is not there');
  const { displayName, roles, hospital, department } = staff;
  const session = token.sessionUid === undefined ? undefined : await findSession(sql, token.sessionUid);
  const secondFactorAt = session?.secondFactorAt ?? null;
  // One sign-in: the portal's and the viewer's tokens share it.
  return {
    sid: token.sessionUid ?? token.grantId,
    name: displayName,
    roles,
    hospital,
    department,
    // By what they signed in (RFC 8176), and when they last proved their second factor, in seconds.
    amr: session?.methods ?? [],
    ...(secondFactorAt === null ? {} : { second_factor_time: Math.floor(secondFactorAt.getTime() / 1_000) }),
  };
}

/** A program that names no scope gets all of its own, and the answer says so (RFC 6749 section 3.3). */
export function allScopesUnlessNamed(token: AccessToken | ClientCredentials, { payload }: JWTStructured): void {
  if (token.kind !== 'ClientCredentials') return;
  token.scope ??= token.client?.metadata().scope;
  payload.scope = token.scope;
}
