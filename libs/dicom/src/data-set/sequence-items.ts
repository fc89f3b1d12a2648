import dicomParser, { type DataSet, type Element } from 'dicom-parser';
import { vrOf } from './dictionary.js';

const ITEM = 'xfffee000';

/** VR of an element of a data set in implicit VR, for the parser: what the dictionary has not it looks at itself. */
export function vrForParser(tag: string): string | undefined {
  const vr = vrOf(tag.slice(1).toUpperCase());
  return vr === 'UN' ? undefined : vr;
}

/**
 * The items of a sequence, undefined for what is none. Also of one that somebody wrote as UN who did not know the element: its
 * value is in implicit VR little endian (PS3.5 section 6.2.2), and some write it in explicit VR all the same.
 */
export function itemsOf(dataSet: DataSet, element: Element): DataSet[] | undefined {
  const items = element.items ?? (isWrittenAsUnknown(element) ? unknownItems(bytesOf(dataSet, element)) : undefined);
  return items?.flatMap(({ dataSet: item }) => (item === undefined ? [] : [item]));
}

function isWrittenAsUnknown({ tag, vr, length, hadUndefinedLength }: Element): boolean {
  if (length === 0 || (vr !== undefined && vr !== 'UN' && vr !== 'SQ')) return false;
  return hadUndefinedLength === true || vrOf(tag.slice(1).toUpperCase()) === 'SQ';
}

const bytesOf = ({ byteArray }: DataSet, { dataOffset, length }: Element) =>
  byteArray.subarray(dataOffset, dataOffset + length);

const unknownItems = (value: Uint8Array): Element[] | undefined =>
  readWhole(value, (stream, sequence) => dicomParser.readSequenceItemsImplicit(stream, sequence)) ??
  readWhole(value, (stream, sequence) => dicomParser.readSequenceItemsExplicit(stream, sequence, []));

/** Undefined unless the items end where the value does. */
function readWhole(
  value: Uint8Array,
  read: (stream: dicomParser.ByteStream, sequence: Element) => void,
): Element[] | undefined {
  const stream = new dicomParser.ByteStream(dicomParser.littleEndianByteArrayParser, value, 0);
  const sequence: Element = { tag: ITEM, dataOffset: 0, length: value.length };
  try {
    read(stream, sequence);
  } catch {
    return undefined;
  }
  return stream.position === value.length ? sequence.items : undefined;
}
