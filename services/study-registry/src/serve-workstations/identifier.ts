import { HeaderError, itemsOf, type ParsedHeader, readDataSet, vrOf } from '@yinglian/dicom';
import type { Root } from './query-retrieve-classes.js';

const LEVELS = ['PATIENT', 'STUDY', 'SERIES', 'IMAGE'] as const;
export type Level = (typeof LEVELS)[number];

export const TAG = {
  characterSet: '00080005',
  sopInstance: '00080018',
  level: '00080052',
  retrieveTitle: '00080054',
  failedInstances: '00080058',
  patientId: '00100020',
  patientIssuer: '00100021',
  study: '0020000D',
  series: '0020000E',
} as const;

/** The identifier of a request (PS3.4 section C.4.1.1.3): its level, and its attributes with their values as text. */
export interface Identifier {
  readonly level: Level;
  /** Text by tag `GGGGEEEE`, empty for universal matching, and of attributes that are no text. */
  readonly values: ReadonlyMap<string, string>;
  /** The same of what sequences have in their one item (PS3.4 section C.2.2.2.6), by path: tags with a point between. */
  readonly itemValues: ReadonlyMap<string, string>;
  readonly vrs: ReadonlyMap<string, string>;
  readonly characterSet: string;
}

const MOST_ATTRIBUTES = 256;
const NOT_TEXT = new Set(['SQ', 'UN', 'OB', 'OW', 'US', 'SS', 'UL', 'SL', 'FL', 'FD', 'AT']);

/** The identifier, or why it is none for that information model. */
export function readIdentifier(bytes: Buffer, transferSyntaxUid: string, root: Root): Identifier | string {
  let header: ParsedHeader;
  try {
    header = readDataSet(bytes, transferSyntaxUid);
  } catch (error) {
    if (error instanceof HeaderError) return 'The identifier cannot be read';
    throw error;
  }
  const all = attributesOf(header, header.dataSet, '');
  if (typeof all === 'string') return all;
  if (all.length > MOST_ATTRIBUTES) return `There are more than ${MOST_ATTRIBUTES} attributes`;
  const values = new Map(all.flatMap(({ path, text }) => (path.includes('.') ? [] : [[path, text] as const])));
  const itemValues = new Map(all.flatMap(({ path, text }) => (path.includes('.') ? [[path, text] as const] : [])));
  const vrs = new Map(all.map(({ path, vr }) => [path, vr]));
  const level = LEVELS.find((each) => each === values.get(TAG.level));
  if (level === undefined) return 'Query/Retrieve Level is none of this service';
  if (level === 'PATIENT' && root === 'study') return 'PATIENT is no level of the Study Root';
  const characterSet = values.get(TAG.characterSet) ?? '';
  for (const tag of [TAG.level, TAG.characterSet]) values.delete(tag);
  return missingKey(values, level, root) ?? { level, values, itemValues, vrs, characterSet };
}

interface Attribute {
  readonly path: string;
  readonly vr: string;
  readonly text: string;
}

/** Of a data set and of what its sequences have; or why they cannot be matched. */
function attributesOf(header: ParsedHeader, dataSet: ParsedHeader['dataSet'], before: string): Attribute[] | string {
  const all: Attribute[] = [];
  for (const element of Object.values(dataSet.elements)) {
    const tag = element.tag.slice(1).toUpperCase();
    if (tag.startsWith('0002') || tag.startsWith('FFFE') || tag.endsWith('0000')) continue;
    const items = itemsOf(dataSet, element);
    const vr = items === undefined ? (element.vr ?? vrOf(tag)) : 'SQ';
    const path = `${before}${tag}`;
    all.push({ path, vr, text: NOT_TEXT.has(vr) ? '' : textOf(header, dataSet, element, vr) });
    const [item, another] = items ?? [];
    if (another !== undefined) return 'A sequence has more than one item';
    const ofItem = item === undefined ? [] : attributesOf(header, item, `${path}.`);
    if (typeof ofItem === 'string') return ofItem;
    all.push(...ofItem);
  }
  return all;
}

function textOf(
  header: ParsedHeader,
  { byteArray }: ParsedHeader['dataSet'],
  { dataOffset, length }: { dataOffset: number; length: number },
  vr: string,
): string {
  const text = header.decodeText(byteArray.subarray(dataOffset, dataOffset + length), vr).text;
  return text.replace(/[\0 ]+$/, '').trimStart();
}

/** Each level above the one asked for is named by its unique key (PS3.4 section C.4.1.3.1.1). */
function missingKey(values: ReadonlyMap<string, string>, level: Level, root: Root): string | undefined {
  const above = LEVELS.slice(root === 'study' ? 1 : 0, LEVELS.indexOf(level));
  const missing = above.find((each) => !/^[^*?\\]+$/.test(values.get(UNIQUE_KEYS[each]) ?? ''));
  return missing && `The unique key of ${missing} is missing, or is not one value`;
}

export const UNIQUE_KEYS: Readonly<Record<Level, string>> = {
  PATIENT: TAG.patientId,
  STUDY: TAG.study,
  SERIES: TAG.series,
  IMAGE: TAG.sopInstance,
};
