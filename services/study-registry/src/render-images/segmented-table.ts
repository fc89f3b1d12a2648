/** Segments of a palette as they are stored, in bytes or in words (PS3.3 section C.7.9.2). */
export interface Segments {
  readonly values: Uint8Array | Uint16Array;
  /** Of the whole table. */
  readonly entries: number;
}

const DISCRETE = 0;
const LINEAR = 1;
const INDIRECT = 2;

/** The entries that segments stand for. Null when they are broken, or are not as many as there should be. */
export function expandedSegments({ values, entries }: Segments): Uint16Array | null {
  const expanded: number[] = [];
  const end = appendSegments(values, 0, Number.POSITIVE_INFINITY, expanded, entries);
  return end !== null && expanded.length === entries ? Uint16Array.from(expanded) : null;
}

/** Appends so many segments from a place on, and says where they end; null when they are broken. */
function appendSegments(
  values: Segments['values'],
  start: number,
  segments: number,
  expanded: number[],
  limit: number,
): number | null {
  let at = start;
  // One value that is left over pads the element.
  for (let segment = 0; segment < segments && at + 1 < values.length; segment += 1) {
    const [kind = 0, length = 0] = [values[at], values[at + 1]];
    if (kind === DISCRETE) expanded.push(...values.subarray(at + 2, at + 2 + length));
    else if (kind === LINEAR && expanded.length > 0) appendLine(expanded, length, values[at + 2] ?? 0);
    else if (kind !== INDIRECT || segments !== Number.POSITIVE_INFINITY) return null;
    else if (appendSegments(values, offsetAt(values, at + 2), length, expanded, limit) === null) return null;
    if (expanded.length > limit) return null;
    at += 2 + lengthAfter(kind, length, values);
  }
  return at;
}

function lengthAfter(kind: number, length: number, values: Segments['values']): number {
  if (kind === DISCRETE) return length;
  if (kind === LINEAR) return 1;
  return 4 / values.BYTES_PER_ELEMENT;
}

/** From the entry before, which is not repeated, to the one that is given. */
function appendLine(expanded: number[], length: number, to: number): void {
  const from = expanded.at(-1) ?? 0;
  for (let step = 1; step <= length; step += 1) expanded.push(Math.round(from + ((to - from) * step) / length));
}

/** The least significant part first. It counts bytes from the first segment. */
function offsetAt(values: Segments['values'], at: number): number {
  const bits = values.BYTES_PER_ELEMENT * 8;
  const parts = Array.from(values.subarray(at, at + 32 / bits));
  return parts.reduce((sum, part, index) => sum + part * 2 ** (bits * index), 0) / values.BYTES_PER_ELEMENT;
}
