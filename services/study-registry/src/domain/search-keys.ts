import { tagOf } from '@yinglian/dicom';

/** What a QIDO-RS request asks for (PS3.18 section 8.3.4). */
export interface Search {
  /** Matching keys by tag `GGGGEEEE`; universal ones are left out. */
  readonly keys: ReadonlyMap<string, string>;
  readonly limit: number;
  readonly offset: number;
  /** It was asked for; matching here is literal, which the answer's Warning says. */
  readonly fuzzyMatching: boolean;
}

export type SearchParameters = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Results of one answer at most; more are had by `offset`. */
export const RESULTS_AT_MOST = 1_000;
const RESULTS_UNLESS_TOLD = 200;
const LONGEST_VALUE = 16 * 1024;
const LONGEST_OFFSET = 1_000_000;

/**
 * Parameters of every DICOMweb request (PS3.18 section 8.3.3), and `includefield`: a search answers all that may be told
 * without opening the study, whether it was asked for or not (ADR 0005).
 */
const NOT_KEYS = new Set(['accept', 'charset', 'includefield']);

/** The search, or what is wrong with it: a key that is misspelt or that cannot be searched by must not widen it. */
export function readSearch(parameters: SearchParameters, searchable: ReadonlySet<string>): Search | string {
  const keys = new Map<string, string>();
  const settings = { limit: RESULTS_UNLESS_TOLD, offset: 0, fuzzyMatching: false };
  for (const [name, given] of Object.entries(parameters)) {
    const values = given === undefined ? [] : typeof given === 'string' ? [given] : given;
    const last = values.at(-1) ?? '';
    if (NOT_KEYS.has(name)) continue;
    if (name === 'fuzzymatching') settings.fuzzyMatching = last === 'true';
    else if (name === 'limit' || name === 'offset') {
      if (!/^\d{1,9}$/.test(last)) return `${name} is not a whole number`;
      settings[name] = Number(last);
    } else {
      const tag = tagOf(name);
      if (tag === undefined || !searchable.has(tag)) return `${name.slice(0, 64)} is not searched by at this level`;
      // Several values of one key are a list of UIDs or codes (PS3.18 section 8.3.4.1).
      const value = values.join(',').trim();
      if (value.length > LONGEST_VALUE) return `the value of ${name} is too long`;
      if (value !== '' && value !== '*') keys.set(tag, value);
    }
  }
  if (settings.offset > LONGEST_OFFSET) return `offset is larger than ${LONGEST_OFFSET}`;
  return { keys, ...settings, limit: Math.min(settings.limit, RESULTS_AT_MOST) };
}
