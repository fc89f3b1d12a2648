/**
 * What became of an instance at the registry: committed; committed with something beside it that a steward has to decide on;
 * or refused for good, and kept by the gateway.
 */
export const INSTANCE_FATES = ['registered', 'quarantined', 'refused'] as const;
export type InstanceFate = (typeof INSTANCE_FATES)[number];
