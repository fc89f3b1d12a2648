/** The gateway's configuration, for constructors. */
export const GATEWAY_CONFIG = Symbol('gateway configuration');
