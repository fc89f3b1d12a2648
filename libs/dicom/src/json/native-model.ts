import { keywordOf } from '../data-set/dictionary.js';
import type { DicomJson, DicomJsonElement } from './dicom-json.js';
import { creatorOf } from './private-blocks.js';

const NAMESPACE = 'http://dicom.nema.org/PS3.19/models/NativeDICOM';
const GROUPS = ['Alphabetic', 'Ideographic', 'Phonetic'] as const;
/** Of a PN value's component group, in their order (PS3.19 table A.1.5-2). */
const COMPONENTS = ['FamilyName', 'GivenName', 'MiddleName', 'NamePrefix', 'NameSuffix'] as const;

/** A data set in the Native DICOM Model (PS3.19 section A.1), as an XML document. */
export const nativeModelOf = (dataSet: DicomJson): string =>
  `<?xml version="1.0" encoding="UTF-8"?><NativeDicomModel xmlns="${NAMESPACE}" xml:space="preserve">${attributesOf(dataSet)}</NativeDicomModel>`;

const attributesOf = (dataSet: DicomJson): string =>
  Object.entries(dataSet)
    .map(([tag, element]) => attributeOf(dataSet, tag, element))
    .join('');

function attributeOf(dataSet: DicomJson, tag: string, element: DicomJsonElement): string {
  const keyword = keywordOf(tag);
  const creator = creatorOf(dataSet, tag);
  const named = keyword === undefined ? '' : ` keyword="${keyword}"`;
  const created = creator === undefined ? '' : ` privateCreator="${escaped(creator)}"`;
  // Which block it is in is for the creator to tell.
  const written = creator === undefined ? tag : `${tag.slice(0, 4)}00${tag.slice(6)}`;
  return `<DicomAttribute tag="${written}" vr="${element.vr}"${named}${created}>${contentOf(element)}</DicomAttribute>`;
}

function contentOf({ vr, Value: values = [], InlineBinary: inline, BulkDataURI: uri }: DicomJsonElement): string {
  if (uri !== undefined) return `<BulkData uri="${escaped(uri)}"/>`;
  if (inline !== undefined) return `<InlineBinary>${inline}</InlineBinary>`;
  return values.map((value, index) => valueXml(vr, value, index + 1)).join('');
}

function valueXml(vr: string, value: unknown, number: number): string {
  if (isDataSet(value)) {
    return vr === 'PN'
      ? `<PersonName number="${number}">${nameOf(value)}</PersonName>`
      : `<Item number="${number}">${attributesOf(value)}</Item>`;
  }
  // A value that is empty among others keeps its number.
  return value === null ? `<Value number="${number}"/>` : `<Value number="${number}">${escaped(String(value))}</Value>`;
}

const nameOf = (name: object): string =>
  GROUPS.map((group) => {
    const text: unknown = Reflect.get(name, group);
    if (typeof text !== 'string' || text === '') return '';
    const components = text.split('^').slice(0, COMPONENTS.length);
    const inOrder = components.map((one, at) =>
      one === '' ? '' : `<${COMPONENTS[at]}>${escaped(one)}</${COMPONENTS[at]}>`,
    );
    return `<${group}>${inOrder.join('')}</${group}>`;
  }).join('');

const isDataSet = (value: unknown): value is DicomJson => typeof value === 'object' && value !== null;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What XML 1.0 has no way to write, control characters and halves of surrogate pairs, is replaced. */
const escaped = (text: string): string =>
  text
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those that XML 1.0 forbids (section 2.2)
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '\uFFFD')
    .replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
