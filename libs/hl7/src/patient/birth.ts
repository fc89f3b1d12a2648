import type { Components } from './components.js';
import { nameIn } from './names.js';

const LONGEST_NUMBER = 128;
const HIGHEST_ORDER = 16;

/** Of a newborn, who has no number of its own yet: the mother, by her numbers (CX) and names (XPN). */
export function motherIn(
  numbers: readonly Components[],
  names: readonly Components[],
): { id: string; name: string } | null {
  const ids = numbers.map((value) => value(1));
  const id = ids.find((number) => number !== '' && number.length <= LONGEST_NUMBER) ?? '';
  const name = names.map(nameIn).find((text) => text !== '') ?? '';
  return id === '' && name === '' ? null : { id, name };
}

/** Which of several the patient was born as; null when it was one child, or nothing is said. */
export function birthOrderIn(multipleBirth: 'yes' | 'no' | undefined, said: readonly Components[]): number | null {
  if (multipleBirth === 'no') return null;
  const [, digits] = /^0*([1-9]\d?)(?:\.0*)?$/.exec(firstOf(said)) ?? [];
  const order = Number(digits ?? 0);
  return order === 0 || order > HIGHEST_ORDER ? null : order;
}

/** The first of the values that says something. */
export const firstOf = (values: readonly Components[]): string =>
  values.map((value) => value(1)).find((text) => text !== '') ?? '';
