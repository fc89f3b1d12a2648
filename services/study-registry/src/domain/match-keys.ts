import { type DicomJson, type DicomJsonElement, vrOf } from '@yinglian/dicom';
import { DATE, EMPTY_VALUE, inRange, matchesText, readList, readRange, TIME } from './matching.js';
import type { Search } from './search-keys.js';

const RANGES: Readonly<Record<string, RegExp>> = { DA: DATE, TM: TIME };

type Asked = Pick<Search, 'emptyValueMatching'>;

/** The path of a key whose value is wrong for what it is matched with, or undefined. */
export const malformedKey = (keys: ReadonlyMap<string, string>, asked: Asked): string | undefined =>
  [...keys].find(([path, key]) => {
    const form = RANGES[vrOf(path.slice(-8))];
    return form !== undefined && !isForEmpty(key, asked) && readRange(key, form) === undefined;
  })?.[0];

/** Whether a data set has what every key asks for. */
export const matchesKeys = (dataSet: DicomJson, keys: ReadonlyMap<string, string>, asked: Asked): boolean => {
  const sequences = new Map<string, Map<string, string>>();
  for (const [path, key] of keys) {
    const [tag = '', ...rest] = path.split('.');
    if (rest.length === 0) {
      if (!matchesKey(dataSet[tag], vrOf(tag), key, asked)) return false;
    } else {
      const ofItems = sequences.get(tag) ?? new Map<string, string>();
      sequences.set(tag, ofItems.set(rest.join('.'), key));
    }
  }
  // All keys of a sequence are matched with one item (PS3.4 section C.2.2.2.6).
  return [...sequences].every(([tag, ofItems]) =>
    itemsOf(dataSet[tag]).some((item) => matchesKeys(item, ofItems, asked)),
  );
};

const isForEmpty = (key: string, { emptyValueMatching }: Asked) => emptyValueMatching && key === EMPTY_VALUE;

function matchesKey(element: DicomJsonElement | undefined, vr: string, key: string, asked: Asked): boolean {
  const values = (element?.Value ?? []).filter((value) => value !== null).map(String);
  if (isForEmpty(key, asked)) return values.length === 0;
  const form = RANGES[vr];
  if (form !== undefined) {
    const range = readRange(key, form);
    return range !== undefined && values.some((value) => inRange(value, range));
  }
  if (vr === 'IS') return values.some((value) => sameNumber(key, value));
  const keys = vr === 'UI' || vr === 'CS' ? readList(key) : [key];
  return values.some((value) => keys.some((one) => matchesText(one, value)));
}

/** By what they say, not how they are written: 007 is 7; a number that a device wrote as something else is a text. */
const sameNumber = (key: string, value: string) =>
  key === value || (key.trim() !== '' && Number(key) === Number(value) && /^[+-]?\d+$/.test(key));

const isItem = (value: unknown): value is DicomJson => typeof value === 'object' && value !== null;
const itemsOf = (element: DicomJsonElement | undefined): DicomJson[] => (element?.Value ?? []).filter(isItem);
