/**
 * What became of an instance at the registry: the province serves these bytes; they are kept aside, and a steward decides; or
 * refused for good, and kept by the gateway.
 */
export const INSTANCE_FATES = ['registered', 'quarantined', 'refused'] as const;
export type InstanceFate = (typeof INSTANCE_FATES)[number];

export interface DecidedInstance {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly fate: InstanceFate;
}
