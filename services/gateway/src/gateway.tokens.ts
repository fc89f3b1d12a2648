/** The gateway's configuration, for constructors. */
export const GATEWAY_CONFIG = Symbol('gateway configuration');
/** What every use case stands on, for the one who starts and closes it. */
export const GATEWAY_FOUNDATION = Symbol('gateway foundation');
