/** Where one record was put, and where it belongs. */
export interface Assignment {
  /** The person whose record it is. */
  readonly truth: string | number;
  /** The person that the matcher says it belongs to. */
  readonly cluster: string | number;
}

export interface Agreement {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Of all pairs of records: those that are one person's, those put together, and those of which both is so. */
export interface PairCounts {
  readonly true: number;
  readonly predicted: number;
  readonly right: number;
}

export interface ClusterMeasures {
  readonly records: number;
  readonly persons: number;
  readonly clusters: number;
  readonly pairs: PairCounts;
  readonly pairwise: Agreement;
  /** For each record, of the records put with it and of those that belong with it; averaged over records (Bagga and Baldwin, 1998). */
  readonly bCubed: Agreement;
  /** Clusters that hold all records of one person and nothing else. */
  readonly exactClusters: number;
  /** Clusters that hold records of several persons. */
  readonly overMergedClusters: number;
  /** Persons whose records are in several clusters. */
  readonly splitPersons: number;
}

/** How well records were put together, from how many records each person has in each cluster: no pair is ever looked at. */
export function measureClusters(assignments: Iterable<Assignment>): ClusterMeasures {
  const truths = new Sizes();
  const clusters = new Sizes();
  const cells = new Map<number, number>();
  for (const { truth, cluster } of assignments) {
    const cell = truths.add(truth) * MOST_CLUSTERS + clusters.add(cluster);
    cells.set(cell, (cells.get(cell) ?? 0) + 1);
  }
  const records = sum(truths.sizes);
  let right = 0;
  let precise = 0;
  let recalled = 0;
  let exactClusters = 0;
  const personsIn = new Uint32Array(clusters.sizes.length);
  const clustersOf = new Uint32Array(truths.sizes.length);
  for (const [cell, count] of cells) {
    const [truth, cluster] = [Math.floor(cell / MOST_CLUSTERS), cell % MOST_CLUSTERS];
    const [belong, together] = [truths.sizes[truth] ?? 0, clusters.sizes[cluster] ?? 0];
    right += pairsOf(count);
    precise += (count * count) / together;
    recalled += (count * count) / belong;
    if (count === belong && count === together) exactClusters += 1;
    personsIn[cluster] = (personsIn[cluster] ?? 0) + 1;
    clustersOf[truth] = (clustersOf[truth] ?? 0) + 1;
  }
  const pairs = { true: sum(truths.sizes.map(pairsOf)), predicted: sum(clusters.sizes.map(pairsOf)), right };
  return {
    records,
    persons: truths.sizes.length,
    clusters: clusters.sizes.length,
    pairs,
    pairwise: measurePairs(pairs),
    bCubed: agreement(share(precise, records), share(recalled, records)),
    exactClusters,
    overMergedClusters: severalIn(personsIn),
    splitPersons: severalIn(clustersOf),
  };
}

/** With nothing put together nothing is wrong: a precision of 1. */
export function measurePairs({ true: belong, predicted, right }: PairCounts): Agreement {
  return agreement(share(right, predicted), share(right, belong));
}

/** How many pairs so many records make. */
export const pairsOf = (records: number): number => (records * (records - 1)) / 2;

/** As many entries as a Map holds; a person and a cluster are one number below 2^53 then, which JavaScript counts exactly. */
const MOST_CLUSTERS = 2 ** 24;

/** Numbers what it is given, and counts how often each came. */
class Sizes {
  readonly sizes: number[] = [];
  private readonly numbers = new Map<string | number, number>();

  add(key: string | number): number {
    const number = this.numbers.get(key) ?? this.sizes.length;
    if (number >= MOST_CLUSTERS) throw new Error(`There are more than ${MOST_CLUSTERS} clusters or persons`);
    if (number === this.sizes.length) this.numbers.set(key, number);
    this.sizes[number] = (this.sizes[number] ?? 0) + 1;
    return number;
  }
}

function agreement(precision: number, recall: number): Agreement {
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}

const share = (part: number, whole: number) => (whole === 0 ? 1 : part / whole);

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

const severalIn = (counts: Uint32Array) => counts.reduce((total, count) => total + (count > 1 ? 1 : 0), 0);
