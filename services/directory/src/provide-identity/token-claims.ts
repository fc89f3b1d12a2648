import type { Sql } from '@yinglian/persistence';
import type { AccessToken, ClientCredentials } from 'oidc-provider';
import { findStaff } from '../storage/staff.store.js';

/** What an access token says beside the standard claims. It never carries patient data. */
export async function tokenClaims(sql: Sql, token: AccessToken | ClientCredentials): Promise<Record<string, unknown>> {
  if (token.kind === 'ClientCredentials') return { hospital: token.client?.hospital ?? null };
  const staff = await findStaff(sql, token.accountId);
  if (staff === undefined) throw new Error('A token is given to an account that is not there');
  const { displayName, roles, hospital, department } = staff;
  // One sign-in: the portal's and the viewer's tokens share it.
  return { sid: token.sessionUid ?? token.grantId, name: displayName, roles, hospital, department };
}
