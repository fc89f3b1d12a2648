import { type User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { settings } from '../app/settings.js';

const CALLBACK = '/callback';

/** Authorisation code with PKCE at the province's provider. The session lives as long as the tab. */
export const users = new UserManager({
  authority: `${settings.publicUrl}/oidc`,
  client_id: 'portal',
  redirect_uri: `${location.origin}${CALLBACK}`,
  silent_redirect_uri: `${location.origin}${CALLBACK}`,
  post_logout_redirect_uri: `${location.origin}/`,
  response_type: 'code',
  scope: 'openid',
  automaticSilentRenew: true,
  userStore: new WebStorageStateStore({ store: sessionStorage }),
});

/** The signed-in user, or null while the browser is on its way to the provider. */
export async function enter(): Promise<User | null> {
  if (location.pathname === CALLBACK) {
    if (parent !== window) {
      await users.signinSilentCallback();
      return null;
    }
    if (new URLSearchParams(location.search).has('state')) return comeBack();
  }
  const user = await users.getUser();
  if (user !== null && user.expired !== true) return user;
  await signIn();
  return null;
}

/** A callback that was opened again, from history or a bookmark, begins anew. */
async function comeBack(): Promise<User | null> {
  try {
    const user = await users.signinRedirectCallback();
    history.replaceState(null, '', typeof user.state === 'string' ? user.state : '/');
    return user;
  } catch (error) {
    if (!(error instanceof Error) || !/state/i.test(error.message)) throw error;
    location.replace('/');
    return null;
  }
}

/** Leaves for the provider, and comes back to where the person was. */
export const signIn = () =>
  users.signinRedirect({
    state: location.pathname === CALLBACK ? '/' : location.pathname + location.search,
    ui_locales: document.documentElement.lang,
  });

/** Has the second factor proved again, and comes back to where the person was. */
export const proveAgain = () =>
  users.signinRedirect({
    state: location.pathname + location.search,
    acr_values: 'urn:yinglian:second-factor',
    ui_locales: document.documentElement.lang,
  });

export const signOut = () => users.signoutRedirect();
