import { MOST_CHARACTERS } from './comparison.js';

const SURROGATE = /[\uD800-\uDFFF]/;

/** Code points, as many as are compared. */
export function charactersOf(text: string): string[] {
  const start = text.slice(0, 2 * MOST_CHARACTERS);
  // Several times faster than by code points, and right for nearly all texts.
  const units = SURROGATE.test(start) ? [...start] : start.split('');
  return units.length > MOST_CHARACTERS ? units.slice(0, MOST_CHARACTERS) : units;
}

/** Whether one slip of the pen lies between: a character more, less, another, or two neighbours swapped. Equal is none. */
export function isOneSlip(a: readonly string[], b: readonly string[]): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (left.length + right.length === 0) return false;
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}

const PREFIX = 4;
const PREFIX_WEIGHT = 0.1;

/** Similarity from 0 to 1 of Jaro, raised for a common beginning (W. E. Winkler, 1990). */
export function jaroWinkler(one: string, other: string): number {
  // Which characters are taken for the same depends on where one begins: from either side it must be one figure.
  const [a, b] = one < other ? [charactersOf(one), charactersOf(other)] : [charactersOf(other), charactersOf(one)];
  const jaro = jaroOf(a, b);
  let prefix = 0;
  while (prefix < PREFIX && prefix < a.length && a[prefix] === b[prefix]) prefix += 1;
  return jaro + prefix * PREFIX_WEIGHT * (1 - jaro);
}

function jaroOf(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  const reach = Math.max(Math.floor(Math.max(a.length, b.length) / 2) - 1, 0);
  const taken = new Array<boolean>(b.length).fill(false);
  const matched = a.filter((character, i) => {
    for (let j = Math.max(0, i - reach); j <= Math.min(b.length - 1, i + reach); j += 1) {
      if (b[j] !== character || taken[j]) continue;
      taken[j] = true;
      return true;
    }
    return false;
  });
  if (matched.length === 0) return 0;
  const theirs = b.filter((_, j) => taken[j]);
  const moved = matched.filter((character, i) => character !== theirs[i]).length / 2;
  return (matched.length / a.length + matched.length / b.length + (matched.length - moved) / matched.length) / 3;
}
