import type { DicomJson } from '@yinglian/dicom';
import { DATE, matchesText, readRange, TIME } from './matching.js';

const RANGES: Readonly<Record<string, RegExp>> = { DA: DATE, TM: TIME };

/** Whether a data set has what every key asks for; a range that is none matches nothing. */
export const matchesKeys = (dataSet: DicomJson, keys: ReadonlyMap<string, string>): boolean =>
  [...keys].every(([tag, key]) => matchesKey(dataSet, tag, key));

function matchesKey(dataSet: DicomJson, tag: string, key: string): boolean {
  const element = dataSet[tag];
  const values = (element?.Value ?? []).map(String);
  const form = RANGES[element?.vr ?? ''];
  if (form === undefined) return matchesText(key, values);
  const range = readRange(key, form);
  if (range === undefined) return false;
  const { from, to } = range;
  return values.some((value) => (from === null || value >= from) && (to === null || value <= `${to}~`));
}
