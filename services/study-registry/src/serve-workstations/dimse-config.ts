/** The service's configuration, in the module. */
export const DIMSE_CONFIG = Symbol('configuration of DIMSE');
