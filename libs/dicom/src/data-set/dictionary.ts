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

/** Value representation of a standard element by its tag `GGGGEEEE` (PS3.6), for data sets in implicit VR. */
export function vrOf(tag: string): string {
  if (tag.endsWith('0000')) return 'UL';
  const vr = vrs.get(tag) ?? 'UN';
  if (vr === 'ox') return 'OW';
  if (vr === 'xs') return 'US';
  return vr.length === 2 ? vr : 'UN';
}

/** Tag `GGGGEEEE` of an element by its keyword or its tag (PS3.18 section 8.3.4), or undefined. */
export function tagOf(attribute: string): string | undefined {
  if (/^[0-9A-Fa-f]{8}$/.test(attribute)) return attribute.toUpperCase();
  return keywords.get(attribute);
}

/** Keyword of a standard element by its tag `GGGGEEEE` (PS3.6), or undefined. */
export const keywordOf = (tag: string): string | undefined => tags.get(tag);
