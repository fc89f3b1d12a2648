import { TOKEN_AUDIENCE } from '@yinglian/platform';
import type { Grant, KoaContextWithOIDC } from 'oidc-provider';

/** The province's own programs need no consent: being signed in is the grant, made when there is none. */
export async function grantOfSession({ oidc }: KoaContextWithOIDC): Promise<Grant | undefined> {
  const { client, session, provider } = oidc;
  if (client === undefined || session?.accountId === undefined) return undefined;
  const known = session.grantIdFor(client.clientId);
  const kept = known === undefined ? undefined : await provider.Grant.find(known);
  if (kept?.accountId === session.accountId) return kept;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope('openid');
  grant.addResourceScope(TOKEN_AUDIENCE, 'openid');
  await grant.save();
  return grant;
}
