import { vrsOf } from '../data-set/dictionary.js';
import { writeOpen } from '../data-set/write-data-set.js';
import { hasLongLength, ITEM, writeHead } from '../scan/element-head.js';
import { JsonModelError } from './json-model-error.js';
import { bytesOfValue, isNumber, numberBytes } from './number-bytes.js';
import { isText, padded, textBytes } from './text-bytes.js';

/** An element whose value comes by another way, and is to be written here. */
export interface BulkDataPlace {
  readonly tag: number;
  readonly vr: string;
  /** As it stands in the metadata. */
  readonly uri: string;
}

/** What a data set is written of, in its order. */
export type DataSetPiece = Buffer | BulkDataPlace;

/** Sequences in one another; no object of the standard comes near. */
const DEEPEST = 32;
const LONGEST_SHORT_BYTES = 0xfffe;
const BINARY = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'UN']);
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Of elements of a command, of file meta information and of a directory, of items, and the padding behind a data set. */
const OF_NO_DATA_SET = /^(000[0-7]|FFFE|FFFF|FFFCFFFC)/;
/** File meta information, group lengths, Length to End (0008,0001) and padding say how another file was written. */
const OF_ANOTHER_FILE = /^0002|0000$|^00080001$|^FFFCFFFC$/;
const CHARACTER_SET = '00080005';

/**
 * Elements of the DICOM JSON model (PS3.18 annex F) in explicit VR little endian and UTF-8, in the order of their tags. Specific
 * Character Set (0008,0005) is left out: who writes the data set says it once. @throws JsonModelError
 */
export function dataSetOfJson(json: object, depth = 0): DataSetPiece[] {
  if (depth > DEEPEST) throw new JsonModelError('Sequences are nested too deep');
  return together(
    Object.entries(json)
      .map(([tag, element]) => [tag.toUpperCase(), element] as const)
      .filter(([tag]) => !OF_ANOTHER_FILE.test(tag) && tag !== CHARACTER_SET)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([tag, element]) => elementPieces(tag, element, depth)),
  );
}

/** An element's head, and whether its value is padded: what has no room in the length of its VR is UN (PS3.5 section 6.2.2). */
export const headOf = (tag: number, vr: string, length: number): Buffer =>
  writeHead({ tag, vr: length > LONGEST_SHORT_BYTES && !hasLongLength(vr) ? longVrOf(tag, vr) : vr, length });

/** A lookup table of 65,536 entries is OW where it may be. */
const longVrOf = (tag: number, vr: string) =>
  isNumber(vr) && vrsOf(tag.toString(16).padStart(8, '0').toUpperCase())?.includes('OW') === true ? 'OW' : 'UN';

function elementPieces(tag: string, element: unknown, depth: number): DataSetPiece[] {
  if (!/^[0-9A-F]{8}$/.test(tag) || OF_NO_DATA_SET.test(tag)) throw new JsonModelError('A tag is none of a data set');
  if (typeof element !== 'object' || element === null) throw new JsonModelError(`${tag} is no element`);
  const { vr, Value: values, InlineBinary: inline, BulkDataURI: uri } = element as Record<string, unknown>;
  if (typeof vr !== 'string' || !isVrOf(tag, vr)) throw new JsonModelError(`${tag} has a wrong value representation`);
  if ([values, inline, uri].filter((each) => each !== undefined).length > 1) {
    throw new JsonModelError(`${tag} has its value twice`);
  }
  const number = Number.parseInt(tag, 16);
  if (uri !== undefined) {
    if (typeof uri !== 'string' || vr === 'SQ') throw new JsonModelError(`${tag} has no such bulk data`);
    return [{ tag: number, vr, uri }];
  }
  if (values !== undefined && !Array.isArray(values)) throw new JsonModelError(`${tag} has no array of values`);
  if (vr === 'SQ') return sequencePieces(number, values ?? [], depth);
  const bytes = inline === undefined ? valueBytes(vr, values ?? []) : inlineBytes(vr, inline);
  return [headOf(number, vr, bytes.length), bytes];
}

const isVrOf = (tag: string, vr: string): boolean => {
  const isKnown = isText(vr) || isNumber(vr) || BINARY.has(vr) || vr === 'SQ';
  return isKnown && (vr === 'UN' || (vrsOf(tag)?.includes(vr) ?? true));
};

function valueBytes(vr: string, values: readonly unknown[]): Buffer {
  if (values.length === 0) return Buffer.alloc(0);
  return isText(vr) ? textBytes(vr, values) : numberBytes(vr, values);
}

function inlineBytes(vr: string, inline: unknown): Buffer {
  if (!BINARY.has(vr) || typeof inline !== 'string' || !BASE64.test(inline)) {
    throw new JsonModelError(`${vr} has no such InlineBinary`);
  }
  return wholeValues(Buffer.from(inline, 'base64'), vr);
}

/** Bytes of a value, padded. @throws JsonModelError when the last of its numbers is not whole */
function wholeValues(bytes: Buffer, vr: string): Buffer {
  if (bytes.length % bytesOfValue(vr) !== 0) throw new JsonModelError(`${vr} has whole values`);
  return padded(bytes, vr);
}

/** Their lengths are known, but where bulk data is within. */
function sequencePieces(tag: number, values: readonly unknown[], depth: number): DataSetPiece[] {
  const items = values.map((item) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) throw new JsonModelError('SQ has items');
    return dataSetOfJson(item, depth + 1);
  });
  if (items.some((pieces) => pieces.some((piece) => !Buffer.isBuffer(piece)))) return openSequence(tag, items);
  const bytes = Buffer.concat(
    items.flatMap((pieces) => {
      const item = Buffer.concat(pieces.filter(Buffer.isBuffer));
      return [writeHead({ tag: ITEM, vr: '', length: item.length }), item];
    }),
  );
  return [writeHead({ tag, vr: 'SQ', length: bytes.length }), bytes];
}

function openSequence(tag: number, items: readonly DataSetPiece[][]): DataSetPiece[] {
  const { sequence, item, itemEnd, sequenceEnd } = writeOpen(tag);
  return [sequence, ...items.flatMap((pieces) => [item, ...pieces, itemEnd]), sequenceEnd];
}

/** Bytes that follow one another in one buffer. */
function together(pieces: readonly DataSetPiece[]): DataSetPiece[] {
  const joined: DataSetPiece[] = [];
  let run: Buffer[] = [];
  const end = () => {
    if (run.length > 0) joined.push(Buffer.concat(run));
    run = [];
  };
  for (const piece of pieces) {
    if (Buffer.isBuffer(piece)) run.push(piece);
    else {
      end();
      joined.push(piece);
    }
  }
  end();
  return joined;
}
