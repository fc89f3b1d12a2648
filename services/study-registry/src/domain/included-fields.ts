import type { DicomJson, DicomJsonElement } from '@yinglian/dicom';
import type { SearchLevel } from './search-attributes.js';
import type { Search } from './search-keys.js';

/** What only images say of their patient and study (PS3.3 sections C.7.1 and C.7.2): rows have the rest. */
const OF_STUDIES = [
  '00081032 00081048 00081060 00081062 00081080 00081084 00081110 00100022 00100032 00101001 00101010 00101020 00101030 00101040',
  '00102000 00102110 00102154 00102160 00102180 001021A0 001021B0 001021C0 001021D0 00102201 00102203 00104000 00120062 00120063',
  '00120064 00321032 00321033 00321034 00380010 00380060 00380500 00401012',
];
/** The same of their series and equipment (PS3.3 sections C.7.3 to C.7.5). */
const OF_SERIES = [
  '00080064 00080070 00080081 00080082 00081010 00081040 00081050 00081052 00081070 00081072 00081090 0008103F 00081111 00102210',
  '00181000 00181002 00181008 00181020 00181030 00185100 00200052 00200060 00201040 00280108 00280109 00400250 00400251 00400253',
  '00400254 00400260 00400275 00400280',
];
const tags = (rows: readonly string[]) => rows.flatMap((row) => row.split(' '));
const TOLD: Readonly<Record<Exclude<SearchLevel, 'instance'>, ReadonlySet<string>>> = {
  study: new Set(tags(OF_STUDIES)),
  series: new Set([...tags(OF_STUDIES), ...tags(OF_SERIES)]),
};

/** Whether something is asked for that rows may not have, and that images at this level do. */
export const asksImages = (included: Search['included'], level: SearchLevel, known: DicomJson): boolean =>
  included === 'all' ||
  [...included].some((path) => {
    const [tag = ''] = path.split('.');
    return known[tag] === undefined && (level === 'instance' || TOLD[level].has(tag));
  });

/** Of an image, the attributes that are asked for and belong to the level; bulk data is never among them. */
export function includedOf(image: DicomJson, included: Search['included'], level: SearchLevel): DicomJson {
  const atLevel = Object.fromEntries(
    Object.entries(image).filter(
      ([tag, element]) => element.BulkDataURI === undefined && (level === 'instance' || TOLD[level].has(tag)),
    ),
  );
  return pick(atLevel, included);
}

/** Attributes of a data set by their paths, and those of a sequence's items alone where a path goes on; private ones with their creator. */
export function pick(dataSet: DicomJson, paths: Search['included']): DicomJson {
  if (paths === 'all') return dataSet;
  const picked: DicomJson = {};
  for (const [tag, ofTag] of Map.groupBy(paths, (path) => path.slice(0, 8))) {
    const element = dataSet[tag];
    if (element === undefined) continue;
    const deeper = ofTag.map((path) => path.slice(9));
    picked[tag] = deeper.includes('') ? element : withItems(element, new Set(deeper));
    const creator = creatorOf(tag);
    if (creator !== undefined && dataSet[creator] !== undefined) picked[creator] = dataSet[creator];
  }
  return picked;
}

function withItems(element: DicomJsonElement, paths: ReadonlySet<string>): DicomJsonElement {
  const items = (element.Value ?? []).filter(isItem).map((item) => pick(item, paths));
  return items.length === 0 ? { vr: element.vr } : { vr: element.vr, Value: items };
}

const isItem = (value: unknown): value is DicomJson => typeof value === 'object' && value !== null;

/** Private elements (gggg,xxyy) of odd groups are reserved by (gggg,00xx) (PS3.5 section 7.8.1). */
function creatorOf(tag: string): string | undefined {
  const isPrivate = Number.parseInt(tag.slice(3, 4), 16) % 2 === 1 && !tag.startsWith('00', 4);
  return isPrivate ? `${tag.slice(0, 4)}00${tag.slice(4, 6)}` : undefined;
}
