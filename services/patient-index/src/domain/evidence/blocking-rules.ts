import type { Address } from '@yinglian/names';
import type { Pair } from './agreement-patterns.js';
import { hanTerm, lettersTerm, soundOf } from './compare-chinese-names.js';
import type { ComparedRecord } from './compared-record.js';
import { HOUSEHOLD_FIELDS } from './comparisons.js';

/** Records with a key in common may be one person's. */
export interface BlockingRule {
  readonly name: string;
  readonly keysOf: (record: ComparedRecord) => readonly string[];
  /** Fields that agree by this. */
  readonly heldOut: readonly string[];
}

const NAMES = ['hanName', 'spelledName', 'familyName', 'givenName'];

/** Records of whom most that agree in much else are one person's. */
export const BLOCKING_RULES: readonly BlockingRule[] = [
  {
    name: 'number',
    keysOf: ({ ids }) =>
      ids.filter(({ strength }) => strength !== 'weak').map(({ system, value }) => `${system} ${value}`),
    heldOut: ['strongNumber', 'mediumNumber'],
  },
  { name: 'birthDate', keysOf: ({ birthDate }) => (birthDate === null ? [] : [birthDate]), heldOut: ['birthDate'] },
  { name: 'name', keysOf: ({ name }) => soundsOf(name), heldOut: NAMES },
];

/** Records of one household, of whom some are one person's. */
export const HOUSEHOLD_RULES: readonly BlockingRule[] = [
  { name: 'home', keysOf: ({ address }) => homeOf(address), heldOut: [...HOUSEHOLD_FIELDS] },
  { name: 'phone', keysOf: ({ phones }) => phones, heldOut: [...HOUSEHOLD_FIELDS] },
];

/** What brings together whom an error keeps out of the blocks; nothing is learned of them. */
export const FINDING_RULES: readonly BlockingRule[] = [
  { name: 'nameAndPlace', keysOf: namesAtPlace, heldOut: [] },
  { name: 'street', keysOf: ({ address }) => (address?.street ? [address.street] : []), heldOut: [] },
  {
    name: 'place',
    keysOf: ({ address }) => (address?.city && address.postalCode ? [`${address.city} ${address.postalCode}`] : []),
    heldOut: [],
  },
];

function namesAtPlace({ name, address }: ComparedRecord): string[] {
  if (!address?.postalCode) return [];
  const parts = name.components.flatMap(({ family, given }) => [`family ${family}`, `given ${given}`]);
  return parts.filter((part) => !part.endsWith(' ')).map((part) => `${part} ${address.postalCode}`);
}

/** One home of one street, or one address in a whole text. */
const homeOf = (address: Address | null): string[] => {
  if (address === null) return [];
  const { streetNumber, street, postalCode, text } = address;
  if (streetNumber !== '' && street !== '') return [`${streetNumber} ${street} ${postalCode}`];
  return street === '' && text !== '' ? [text] : [];
};

/** How a name sounds, its parts in an order that turning does not change. */
const soundsOf = ({ han, latin }: ComparedRecord['name']): string[] => [
  ...han.map((name) => hanTerm(name)).map(soundOf),
  ...latin.filter((parts) => parts.length > 1).map((parts) => lettersTerm(parts.toSorted())),
];

// Who shares a key with more than this is compared with the next ones only.
const NEIGHBOURS = 50;

/** Each pair that a rule brings together, once, in a bounded number a record. */
export function* pairsOf(records: readonly ComparedRecord[], rules: readonly BlockingRule[]): Generator<Pair> {
  const seen = new Set<number>();
  for (const rule of rules) {
    for (const block of blocksOf(records, rule)) {
      for (const [place, one] of block.entries()) {
        for (const other of block.slice(place + 1, place + 1 + NEIGHBOURS)) {
          const pair = one * records.length + other;
          if (seen.has(pair)) continue;
          seen.add(pair);
          const [a, b] = [records[one], records[other]];
          if (a !== undefined && b !== undefined) yield [a, b];
        }
      }
    }
  }
}

function blocksOf(records: readonly ComparedRecord[], { keysOf }: BlockingRule): number[][] {
  const blocks = new Map<string, number[]>();
  for (const [place, record] of records.entries()) {
    for (const key of new Set(keysOf(record))) {
      const block = blocks.get(key);
      if (block === undefined) blocks.set(key, [place]);
      else block.push(place);
    }
  }
  return [...blocks.values()];
}
