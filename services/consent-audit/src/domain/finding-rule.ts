export const FINDING_RULES = [
  'DECLARED_ONLY',
  'MORE_THAN_PEERS',
  'AT_NIGHT',
  'BREAK_GLASS_CLUSTER',
  'REFUSED_OFTEN',
  'OWN_RECORD',
  'SAME_FAMILY',
  'COLLEAGUE',
  'VIP',
] as const;
export type FindingRuleName = (typeof FINDING_RULES)[number];

/** A rule as the province set it. */
export interface FindingRule {
  readonly rule: FindingRuleName;
  readonly threshold: number;
  /** Days that are counted together, the last one being the finding's. */
  readonly days: number;
  readonly factor: number | null;
}

/**
 * From how many on it is a finding.
 * @param usual what peers do in the middle; null where there are too few to compare with: then it is never one
 */
export function leastCount({ threshold, factor }: FindingRule, usual: number | null): number {
  if (factor === null) return threshold;
  return usual === null ? Number.POSITIVE_INFINITY : Math.max(threshold, Math.ceil(usual * factor));
}
