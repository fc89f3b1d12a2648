/** The OpenID provider of this service. */
export const OIDC_PROVIDER = Symbol('OpenID provider');
