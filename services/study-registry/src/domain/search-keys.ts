import { vrOf } from '@yinglian/dicom';
import { isKeyAt, pathOf, type SearchLevel } from './search-attributes.js';

/** What a QIDO-RS request asks for (PS3.18 section 8.3.4). */
export interface Search {
  /** Matching keys by their path of tags; universal ones are left out. */
  readonly keys: ReadonlyMap<string, string>;
  /** Attributes to be told besides the usual ones, by their paths. */
  readonly included: ReadonlySet<string> | 'all';
  readonly limit: number;
  /** More was asked for than one answer has. */
  readonly isLimited: boolean;
  readonly offset: number;
  readonly fuzzyMatching: boolean;
  /** The key `""` is for attributes without a value (PS3.4 section C.2.2.2.7). */
  readonly emptyValueMatching: boolean;
  readonly multipleValueMatching: boolean;
}

export type SearchParameters = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Results of one answer at most; more are had by `offset`. */
export const RESULTS_AT_MOST = 1_000;
const RESULTS_UNLESS_TOLD = 200;
export const LONGEST_OFFSET = 1_000_000;
const LONGEST_VALUE = 1_024;
const LONGEST_LIST = 16 * 1_024;
export const MOST_PARAMETERS = 64;
const MOST_FIELDS = 256;
/** VRs of which several values may be asked for: UIDs (PS3.18 section 8.3.4.1), and codes as many clients do. */
const LISTED = new Set(['UI', 'CS']);
/** Where all of the province's hospitals are, so that dates and times need no adjusting. */
export const PROVINCE_ZONE = '+0800';
const TIMED = new Set(['DA', 'TM', 'DT']);

const TIMEZONE_OFFSET = '00080201';
const CHARACTER_SET = '00080005';

/** The search, or what is wrong with it: a key that is misspelt or that cannot be searched by must not widen it. */
export function readSearch(parameters: SearchParameters, level: SearchLevel): Search | string {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
  if (given.length > MOST_PARAMETERS) return `there are more than ${MOST_PARAMETERS} parameters`;
  const reading = new SearchReading(level);
  for (const [name, value] of given) {
    const values = typeof value === 'string' ? [value] : (value ?? []);
    const wrong = reading.read(name, values);
    if (wrong !== undefined) return wrong;
  }
  return reading.zoneProblem() ?? reading.search();
}

class SearchReading {
  private readonly keys = new Map<string, string>();
  private readonly fields = new Set<string>();
  private readonly flags = { fuzzymatching: false, emptyvaluematching: false, multiplevaluematching: false };
  private readonly page = { limit: RESULTS_UNLESS_TOLD, offset: 0 };
  private zone = PROVINCE_ZONE;
  private all = false;

  constructor(private readonly level: SearchLevel) {}

  /** Takes in a parameter. Returns what is wrong with it. */
  read(name: string, values: readonly string[]): string | undefined {
    const shown = name.slice(0, 64);
    if (values.some((value) => /\p{Cc}/u.test(value))) return `the value of ${shown} has a control character`;
    // Of the representation (PS3.18 section 8.3.3.1).
    if (name === 'accept') return undefined;
    if (name === 'charset') return isUnicode(values) ? undefined : 'answers are in UTF-8, which charset leaves out';
    if (name === 'includefield') return this.readFields(values);
    const [value = '', another] = values;
    if (another !== undefined && !isListed(name)) return `${shown} is given more than once`;
    if (Object.hasOwn(this.flags, name)) return this.readFlag(name, value);
    if (name === 'limit' || name === 'offset') return this.readCount(name, value);
    return this.readKey(shown, pathOf(name), values);
  }

  private readFlag(name: string, value: string): string | undefined {
    if (value !== 'true' && value !== 'false') return `${name} is neither true nor false`;
    Object.assign(this.flags, { [name]: value === 'true' });
    return undefined;
  }

  private readCount(name: 'limit' | 'offset', value: string): string | undefined {
    if (!/^\d{1,18}$/.test(value)) return `${name} is not a whole number`;
    this.page[name] = Number(value);
    return this.page.offset > LONGEST_OFFSET ? `offset is larger than ${LONGEST_OFFSET}` : undefined;
  }

  private readFields(values: readonly string[]): string | undefined {
    for (const field of values.flatMap((value) => value.split(',')).map((one) => one.trim())) {
      const path = field === 'all' ? 'all' : pathOf(field);
      if (path === undefined) return `includefield names ${field.slice(0, 64)}, which is no attribute`;
      if (path === 'all') this.all = true;
      else this.fields.add(path);
      if (this.fields.size > MOST_FIELDS) return `includefield names more than ${MOST_FIELDS} attributes`;
    }
    return undefined;
  }

  private readKey(name: string, path: string | undefined, values: readonly string[]): string | undefined {
    const value = values.join('\\').trim();
    if (path === TIMEZONE_OFFSET) return this.readZone(value);
    // Never matched (PS3.4 section C.2.2.2); of a URL it can say only that it is in UTF-8.
    if (path === CHARACTER_SET) return /^(ISO_IR (192|6|100))?$/.test(value) ? undefined : `${name} is not ISO_IR 192`;
    if (path === undefined || !isKeyAt(path, this.level)) return `${name} is not searched by at this level`;
    if (value.length > (isListed(path) ? LONGEST_LIST : LONGEST_VALUE)) return `the value of ${name} is too long`;
    if (this.keys.has(path)) return `${name} is given more than once`;
    if (value !== '' && value !== '*') this.keys.set(path, value);
    return undefined;
  }

  /** A plus that is not escaped has become a space. */
  private readZone(value: string): string | undefined {
    const zone = /^\d{4}$/.test(value) ? `+${value}` : value;
    if (zone !== '' && !/^([+-](0\d|1[0-4])[0-5]\d)$/.test(zone)) return 'TimezoneOffsetFromUTC is no offset as +0800';
    this.zone = zone || PROVINCE_ZONE;
    return undefined;
  }

  /** It says in which zone dates and times are meant (PS3.4 section C.2.2.2.1.3), which are looked for as they stand in the images. */
  zoneProblem(): string | undefined {
    const isTimed = [...this.keys.keys()].some((path) => TIMED.has(vrOf(path.slice(-8))));
    return isTimed && this.zone !== PROVINCE_ZONE
      ? `dates and times are in ${PROVINCE_ZONE}, and are not adjusted from TimezoneOffsetFromUTC ${this.zone}`
      : undefined;
  }

  search(): Search {
    const { limit, offset } = this.page;
    return {
      keys: this.keys,
      included: this.all ? 'all' : this.fields,
      limit: Math.min(limit, RESULTS_AT_MOST),
      isLimited: limit > RESULTS_AT_MOST,
      offset,
      fuzzyMatching: this.flags.fuzzymatching,
      emptyValueMatching: this.flags.emptyvaluematching,
      multipleValueMatching: this.flags.multiplevaluematching,
    };
  }
}

const isListed = (attribute: string) => LISTED.has(vrOf((pathOf(attribute) ?? '').slice(-8)));

/** Character sets of an answer (PS3.18 section 8.3.3.2), in the manner of Accept-Charset. */
const isUnicode = (values: readonly string[]) =>
  values.flatMap((value) => value.split(',')).some((one) => /^(utf-?8|\*)$/i.test(one.split(';')[0]?.trim() ?? ''));
