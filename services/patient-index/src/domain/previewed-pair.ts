import type { Evidence } from './evidence/weigh.js';

/** A patient and a person, as the settings that hold weigh them and as the proposed ones would. */
export interface PreviewedPair {
  readonly patientNo: string;
  readonly personId: string;
  /** Of the person, the patient that is likeliest by either. */
  readonly otherNo: string;
  /** Null: not among those that a steward would be asked about at any threshold. */
  readonly now: Evidence | null;
  readonly proposed: Evidence | null;
}

export interface Thresholds {
  readonly now: number;
  readonly proposed: number;
}

export interface AskedCounts {
  readonly now: number;
  readonly proposed: number;
  /** Asked about by the proposed settings only, and by those that hold only. */
  readonly added: number;
  readonly dropped: number;
}

/** Pairs of one bit, from `bits` up to the next; the last one has all above. */
export interface PairsOfBit {
  readonly bits: number;
  readonly now: number;
  readonly proposed: number;
}

export type Change = 'added' | 'dropped' | 'none';

const isAsked = (evidence: Evidence | null, least: number): boolean => evidence !== null && evidence.bits >= least;

export function changeOf({ now, proposed }: PreviewedPair, least: Thresholds): Change {
  const [was, will] = [isAsked(now, least.now), isAsked(proposed, least.proposed)];
  if (was === will) return 'none';
  return will ? 'added' : 'dropped';
}

export function countAsked(pairs: readonly PreviewedPair[], least: Thresholds): AskedCounts {
  const changes = pairs.map((pair) => changeOf(pair, least));
  return {
    now: pairs.filter(({ now }) => isAsked(now, least.now)).length,
    proposed: pairs.filter(({ proposed }) => isAsked(proposed, least.proposed)).length,
    added: changes.filter((change) => change === 'added').length,
    dropped: changes.filter((change) => change === 'dropped').length,
  };
}

/** How many pairs have which evidence, from the first bit to the last, none of them left out. */
export function pairsByBits(pairs: readonly PreviewedPair[], first: number, last: number): PairsOfBit[] {
  const placeOf = ({ bits }: Evidence) => Math.min(Math.floor(bits), last);
  const countOf = (side: 'now' | 'proposed') =>
    Map.groupBy(
      pairs.flatMap((pair) => pair[side] ?? []),
      placeOf,
    );
  const [now, proposed] = [countOf('now'), countOf('proposed')];
  return Array.from({ length: last - first + 1 }, (_, at) => first + at).map((bits) => ({
    bits,
    now: now.get(bits)?.length ?? 0,
    proposed: proposed.get(bits)?.length ?? 0,
  }));
}

/** Some of the pairs that the settings decide otherwise, those nearest to the threshold first. */
export function tellingPairs(pairs: readonly PreviewedPair[], least: Thresholds, atMost: number): PreviewedPair[] {
  const distance = ({ now, proposed }: PreviewedPair) =>
    Math.min(...[now, proposed].flatMap((one) => (one === null ? [] : Math.abs(one.bits - least.proposed))));
  return pairs
    .filter((pair) => changeOf(pair, least) !== 'none')
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, atMost);
}
