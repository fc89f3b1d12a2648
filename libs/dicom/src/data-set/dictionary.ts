import dcmjs from 'dcmjs';

const vrs = new Map<string, string>();
const keywords = new Map<string, string>();
const tags = new Map<string, string>();

for (const [keyword, entry] of Object.entries(dcmjs.data.DicomMetaDictionary.nameMap)) {
  const tag = entry.tag.replace(/[(),]/g, '').toUpperCase();
  if (!/^[0-9A-F]{8}$/.test(tag)) continue;
  if (entry.vr !== undefined) vrs.set(tag, entry.vr);
  keywords.set(keyword, tag);
  tags.set(tag, keyword);
}

/** How the dictionary writes what has one VR or another (PS3.6), and which one every value of it can have (PS3.5 section A.1). */
const ONE_OF_SEVERAL: ReadonlyMap<string, string> = new Map([
  ['ox', 'OW'],
  ['lt', 'OW'],
  ['xs', 'US'],
  ['up', 'UL'],
  ['na', 'UN'],
]);

/** Value representation of a standard element by its tag `GGGGEEEE` (PS3.6), for data sets in implicit VR. */
export function vrOf(tag: string): string {
  if (tag.endsWith('0000')) return 'UL';
  const vr = vrs.get(ofFirstGroup(tag)) ?? 'UN';
  return ONE_OF_SEVERAL.get(vr) ?? (vr.length === 2 ? vr : 'UN');
}

/** Those that the dictionary leaves open, with what they may be (PS3.6). */
const ANY_OF: ReadonlyMap<string, readonly string[]> = new Map([
  ['ox', ['OB', 'OW']],
  ['lt', ['US', 'SS', 'OW']],
  ['xs', ['US', 'SS']],
  ['up', ['UL']],
  ['na', []],
]);

/** Value representations that a standard element may have; undefined of private ones and of those that the dictionary has not. */
export function vrsOf(tag: string): readonly string[] | undefined {
  const vr = vrs.get(ofFirstGroup(tag));
  return vr === undefined ? undefined : (ANY_OF.get(vr) ?? [vr]);
}

/** Whether Pixel Representation (0028,0103) decides between US and SS. */
export const isSignedAsPixels = (tag: string): boolean => vrs.get(tag) === 'xs';

/** Curves (50xx) and overlays (60xx) repeat the elements of their first group (PS3.5 section 7.6). */
const ofFirstGroup = (tag: string) =>
  /^[56]0[0-9A-F][02468ACE]/.test(tag) ? `${tag.slice(0, 2)}00${tag.slice(4)}` : tag;

/** Tag `GGGGEEEE` of an element by its keyword or its tag (PS3.18 section 8.3.4), or undefined. */
export function tagOf(attribute: string): string | undefined {
  if (/^[0-9A-Fa-f]{8}$/.test(attribute)) return attribute.toUpperCase();
  return keywords.get(attribute);
}

/** Keyword of a standard element by its tag `GGGGEEEE` (PS3.6), or undefined. */
export const keywordOf = (tag: string): string | undefined => tags.get(tag);
