import { ErrorResponse, type User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { settings } from '../app/settings.js';
import { idleness } from './activity.js';

const CALLBACK = '/callback';
/** The name of the window in which a second factor is proved. */
const PROVING = 'yinglian-second-factor';
const SECOND_FACTOR = 'urn:yinglian:second-factor';

/** Authorisation code with PKCE at the province's provider. The session lives as long as the tab. */
export const users = new UserManager({
  authority: `${settings.publicUrl}/oidc`,
  client_id: 'portal',
  redirect_uri: `${location.origin}${CALLBACK}`,
  silent_redirect_uri: `${location.origin}${CALLBACK}`,
  popup_redirect_uri: `${location.origin}${CALLBACK}`,
  post_logout_redirect_uri: `${location.origin}/`,
  response_type: 'code',
  scope: 'openid',
  automaticSilentRenew: true,
  extraTokenParams: idleness,
  extraQueryParams: idleness,
  userStore: new WebStorageStateStore({ store: sessionStorage }),
});

/** The signed-in user, or null while the browser is on its way to the provider. */
export async function enter(): Promise<User | null> {
  if (location.pathname === CALLBACK) {
    if (window.name === PROVING) {
      await users.signinPopupCallback();
      return null;
    }
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
export const signIn = (more: { acr_values?: string } = {}) =>
  users.signinRedirect({
    ...more,
    state: location.pathname === CALLBACK ? '/' : location.pathname + location.search,
    ui_locales: document.documentElement.lang,
  });

/**
 * Has the person prove their second factor now, in a window beside this page: what they were doing stays. Whoever has none
 * enrols it there. Resolves to whether they did; the next token says when (`second_factor_time`). To be called from a
 * click, so that browsers let the window open; where none opens, this page itself leaves and comes back.
 */
export async function proveAgain(): Promise<boolean> {
  const before = await users.getUser();
  try {
    const user = await users.signinPopup({
      acr_values: SECOND_FACTOR,
      ui_locales: document.documentElement.lang,
      popupWindowTarget: PROVING,
      popupWindowFeatures: { width: 560, height: 780 },
      popupAbortOnClose: true,
    });
    // Somebody else signed in there: nothing on this page is theirs.
    if (before !== null && before.profile.sub !== user.profile.sub) location.replace('/');
    return true;
  } catch (error) {
    if (error instanceof Error && /disposed window/.test(error.message)) await signIn({ acr_values: SECOND_FACTOR });
    return false;
  }
}

/** Leaves for the sign-in as soon as a token is not renewed since its session is over. */
export const leaveWhenOver = () =>
  users.events.addSilentRenewError((error) => {
    if (error instanceof ErrorResponse) void signIn();
  });

export const signOut = () => users.signoutRedirect();
