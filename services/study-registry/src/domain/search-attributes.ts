import { tagOf } from '@yinglian/dicom';

/** What a search is for: studies, series or instances (PS3.18 table 10.6.1-1). */
export type SearchLevel = 'study' | 'series' | 'instance';

const LEVELS = ['study', 'series', 'instance'] as const satisfies readonly SearchLevel[];

/**
 * Attributes to search by, of their level, as tags `GGGGEEEE` with a point between a sequence and what its items have. Those of PS3.18
 * table 10.6.1-5, and what rows and indexes tell besides.
 */
export const KEYS: Readonly<Record<SearchLevel, readonly string[]>> = {
  study: [
    '00080020',
    '00080030',
    '00080050',
    '00080061',
    '00080080',
    '00080090',
    '00081030',
    '00100010',
    '00100020',
    '00100030',
    '00100040',
    '00101002.00100020',
    '0020000D',
    '00200010',
  ],
  series: [
    '00080021',
    '00080031',
    '00080060',
    '0008103E',
    '00180015',
    '0020000E',
    '00200011',
    '00400244',
    '00400245',
    '00400275.00400009',
    '00400275.00401001',
  ],
  instance: ['00080016', '00080018', '00200013'],
};

const LEVEL_OF: ReadonlyMap<string, SearchLevel> = new Map(
  LEVELS.flatMap((level) => KEYS[level].map((path) => [path, level] as const)),
);

/** The level of which a key is, or undefined: nothing is searched by it. */
export const levelOf = (path: string): SearchLevel | undefined => LEVEL_OF.get(path);

/** Attributes of a level are keys at it and at those below. */
export const isKeyAt = (path: string, level: SearchLevel): boolean => {
  const of = levelOf(path);
  return of !== undefined && LEVELS.indexOf(of) <= LEVELS.indexOf(level);
};

/** The record of a search names attributes in 64 characters. */
const DEEPEST = 7;

/** An attribute by keywords or tags, `RequestAttributesSequence.00400009`, as a path of tags; undefined when it is none. */
export function pathOf(attribute: string): string | undefined {
  const tags = attribute.split('.').map(tagOf);
  return tags.length > DEEPEST || tags.includes(undefined) ? undefined : tags.join('.');
}

/** Of a search's keys, those of a level. */
export const keysOf = (keys: ReadonlyMap<string, string>, level: SearchLevel): ReadonlyMap<string, string> =>
  new Map([...keys].filter(([path]) => levelOf(path) === level));
