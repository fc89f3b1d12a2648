import type { DicomJson } from '@yinglian/dicom';
import { malformedKey, matchesKeys } from '../../domain/match-keys.js';
import { KEYS } from '../../domain/search-attributes.js';
import type { Search } from '../../domain/search-keys.js';
import { type Identifier, type Level, TAG, UNIQUE_KEYS } from '../identifier.js';

/** What is searched by at each level: as QIDO-RS does. */
const SEARCHED: Readonly<Record<Level, ReadonlySet<string>>> = {
  PATIENT: new Set(['00100010', '00100020', '00100030', '00100040']),
  STUDY: new Set(KEYS.study),
  SERIES: new Set(KEYS.series),
  IMAGE: new Set(KEYS.instance),
};

export interface AskedKeys {
  readonly keys: ReadonlyMap<string, string>;
  /** A value was given to an attribute that is not searched by: it counts as universal (PS3.4 section C.4.1.1.4, FF01). */
  readonly unsupported: boolean;
}

/** The matching keys of a level; universal ones are left out. */
export function askedKeys({ level, values, itemValues, vrs }: Identifier): AskedKeys {
  const keys = new Map<string, string>();
  let unsupported = false;
  const above = new Set<string>(Object.values(UNIQUE_KEYS).slice(0, Object.keys(UNIQUE_KEYS).indexOf(level)));
  for (const [path, text] of [...values, ...itemValues]) {
    const value = vrs.get(path) === 'PN' ? firstGroup(text) : text;
    if (value === '' || /^\*+$/.test(value) || above.has(path) || path === TAG.retrieveTitle) continue;
    if (SEARCHED[level].has(path)) keys.set(path, value);
    else unsupported = true;
  }
  return { keys, unsupported };
}

/** A name is looked for by one of its component groups. */
const firstGroup = (name: string) => name.split('=').find((group) => group !== '') ?? '';

/** Matching as PS3.4 section C.2.2.2 has it without extended negotiation. */
const PLAINLY = { fuzzyMatching: false, emptyValueMatching: false, multipleValueMatching: false };

/** The tag of a key whose value is wrong for what it is matched with, or undefined. */
export const malformed = (keys: ReadonlyMap<string, string>): string | undefined => malformedKey(keys, PLAINLY);

/** A page of a search by these keys. */
export const searchFor = (keys: ReadonlyMap<string, string>, page: Pick<Search, 'limit' | 'offset'>): Search => ({
  keys,
  included: new Set(),
  isLimited: false,
  ...page,
  ...PLAINLY,
});

/** Whether a series or an instance has what its level's keys ask for. */
export const matches = (json: DicomJson, keys: ReadonlyMap<string, string>): boolean =>
  matchesKeys(json, keys, PLAINLY);
