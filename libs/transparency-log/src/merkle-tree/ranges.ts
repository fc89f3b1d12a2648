/** Records from one index up to another, which is not among them. */
export type Range = readonly [from: number, to: number];

/** A perfect subtree: the `index`-th of those over 2 to the power of `level` records. */
export interface Subtree {
  readonly level: number;
  readonly index: number;
}

/** The ranges whose hashes lead from a record to the root (RFC 6962 section 2.1.1), lowest first. */
export function pathRanges(index: number, size: number): Range[] {
  const ranges: Range[] = [];
  let [from, to]: Range = [0, size];
  while (to - from > 1) {
    const middle = from + splitOf(to - from);
    if (index < middle) {
      ranges.push([middle, to]);
      to = middle;
    } else {
      ranges.push([from, middle]);
      from = middle;
    }
  }
  return ranges.reverse();
}

/** The ranges whose hashes show that a tree begins with a smaller one (RFC 6962 section 2.1.2), lowest first. */
export function consistencyRanges(smaller: number, size: number): Range[] {
  if (smaller === 0 || smaller === size) return [];
  const ranges: Range[] = [];
  let [from, to]: Range = [0, size];
  while (to !== smaller) {
    const middle = from + splitOf(to - from);
    if (smaller <= middle) {
      ranges.push([middle, to]);
      to = middle;
    } else {
      ranges.push([from, middle]);
      from = middle;
    }
  }
  // Whoever verifies has the root of the smaller tree, and needs it not once more.
  if (from > 0) ranges.push([from, to]);
  return ranges.reverse();
}

/** The perfect subtrees that a range is made of, left to right. Its beginning is that of a subtree as long as itself. */
export function subtreesOf([from, to]: Range): Subtree[] {
  const subtrees: Subtree[] = [];
  for (let at = from; at < to; ) {
    const level = Math.floor(Math.log2(to - at));
    subtrees.push({ level, index: at / 2 ** level });
    at += 2 ** level;
  }
  return subtrees;
}

/** The largest power of two below the number, which is at least 2. */
function splitOf(count: number): number {
  const power = 2 ** Math.floor(Math.log2(count));
  return power === count ? power / 2 : power;
}
