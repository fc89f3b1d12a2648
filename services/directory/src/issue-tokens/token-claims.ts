import type { Sql } from '@yinglian/persistence';
import type { AccessToken, ClientCredentials } from 'oidc-provider';
import { staffBySubject } from '../storage/staff.store.js';

/** What an access token says beside the standard claims: never patient data. An inactive account gets no roles. */
export async function tokenClaims(sql: Sql, token: AccessToken | ClientCredentials): Promise<Record<string, unknown>> {
  if (token.kind === 'ClientCredentials') return { hospital: token.client?.hospital ?? null };
  if (token.kind !== 'AccessToken') return {};
  const staff = await staffBySubject(sql, token.accountId);
  if (staff === undefined || !staff.active)
    return { roles: [], name: '', hospital: null, department: null, sid: token.grantId };
  const { roles, displayName, hospital, department } = staff;
  return { roles, name: displayName, hospital, department, sid: token.sessionUid ?? token.grantId };
}
