import { constants, inflateRawSync } from 'node:zlib';
import dicomParser, { type DataSet } from 'dicom-parser';
import { type DecodeText, textDecoderFor } from '../character-sets/text-decoder.js';
import { endOfMeta } from '../scan/file-meta.js';
import { withoutLongVrs } from './long-vrs.js';
import { vrForParser } from './sequence-items.js';
import { EXPLICIT_BIG_ENDIAN, twinOf } from './transfer-syntaxes.js';

const PIXEL_DATA = 'x7fe00010';
const PREAMBLE_LENGTH = 132;
const UNDEFINED_LENGTH = 0xff_ff_ff_ff;
const TRANSFER_SYNTAX = 0x00020010;
/** What a header of any length needs, and little for a few kilobytes that inflate without end. */
const LONGEST_INFLATED_BYTES = 256 * 1024 * 1024;

/** Where Pixel Data (7FE0,0010) lies: offsets are from the start of the Part 10 file. */
export interface PixelDataLocation {
  readonly offset: number;
  /** Bytes; undefined for encapsulated pixel data, which ends with a delimiter. */
  readonly length: number | undefined;
}

/** The elements of a Part 10 file before its pixel data. */
export interface ParsedHeader {
  readonly dataSet: DataSet;
  /** The bytes that offsets in `dataSet` refer to: the file's, or inflated ones. */
  readonly bytes: Uint8Array;
  readonly transferSyntaxUid: string;
  /** Where the data set begins in the file. */
  readonly dataSetOffset: number;
  readonly bigEndian: boolean;
  readonly pixelData: PixelDataLocation | null;
  readonly decodeText: DecodeText;
}

/** Why bytes could not be read as DICOM; `incomplete` says that more bytes of the same file may help. */
export class HeaderError extends Error {
  constructor(
    message: string,
    readonly incomplete: boolean,
  ) {
    super(message);
    this.name = 'HeaderError';
  }
}

export function isPart10(prefix: Uint8Array): boolean {
  return prefix.length >= PREAMBLE_LENGTH && Buffer.from(prefix.subarray(128, 132)).toString('latin1') === 'DICM';
}

/**
 * Reads a Part 10 file (PS3.10 section 7) up to its pixel data from a prefix of its bytes.
 * @throws HeaderError when it is not DICOM, or when the prefix ends too early
 */
export function parseHeader(prefix: Uint8Array): ParsedHeader {
  if (!isPart10(prefix))
    throw new HeaderError('There is no DICM prefix: not a DICOM Part 10 file', prefix.length < PREAMBLE_LENGTH);
  const syntax = transferSyntaxOf(prefix);
  const usual = withoutLongVrs(bufferOf(inUsualSyntax(prefix, syntax)));
  let bytes = usual;
  let dataSet: DataSet;
  try {
    dataSet = dicomParser.parseDicom(usual, {
      untilTag: PIXEL_DATA,
      vrCallback: vrForParser,
      inflater: (whole, position) => {
        bytes = withoutLongVrs(bufferOf(inflated(whole, position)));
        return bytes;
      },
    });
  } catch (error) {
    throw new HeaderError(messageOf(error), true);
  }
  const transferSyntaxUid = syntax?.uid ?? '';
  return {
    dataSet,
    bytes,
    transferSyntaxUid,
    dataSetOffset: endOfMeta(bufferOf(prefix), () => {}) ?? prefix.length,
    bigEndian: transferSyntaxUid === EXPLICIT_BIG_ENDIAN,
    pixelData: pixelDataOf(dataSet),
    decodeText: textDecoderFor(dataSet.string('x00080005') ?? ''),
  };
}

const bufferOf = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);

interface StatedSyntax {
  readonly uid: string;
  readonly valueLength: number;
  /** Where its value stands in the file. */
  readonly position: number;
}

function transferSyntaxOf(prefix: Uint8Array): StatedSyntax | undefined {
  let stated: StatedSyntax | undefined;
  endOfMeta(bufferOf(prefix), (tag, value, position) => {
    if (tag !== TRANSFER_SYNTAX) return;
    stated = {
      uid: value
        .toString('latin1')
        .replace(/[\0 ]+$/, '')
        .trim(),
      valueLength: value.length,
      position,
    };
  });
  return stated;
}

/** The parser knows the standard's first syntaxes: a copy names the twin of another one, in as many bytes. */
function inUsualSyntax(prefix: Uint8Array, syntax: StatedSyntax | undefined): Uint8Array {
  const twin = syntax === undefined ? undefined : twinOf(syntax.uid);
  if (syntax === undefined || twin === undefined) return prefix;
  const copy = Buffer.from(prefix);
  copy.write(twin.padEnd(syntax.valueLength, '\0'), syntax.position, syntax.valueLength, 'latin1');
  return copy;
}

function pixelDataOf(dataSet: DataSet): PixelDataLocation | null {
  const element = dataSet.elements[PIXEL_DATA];
  if (element === undefined) return null;
  const encapsulated = element.hadUndefinedLength === true || element.length === UNDEFINED_LENGTH;
  return { offset: element.dataOffset, length: encapsulated ? undefined : element.length };
}

/** A deflated data set (PS3.5 section A.5) is inflated as far as its bytes go. */
function inflated(whole: Uint8Array, position: number): Uint8Array {
  const body = inflateRawSync(whole.subarray(position), {
    finishFlush: constants.Z_SYNC_FLUSH,
    maxOutputLength: LONGEST_INFLATED_BYTES,
  });
  return Buffer.concat([whole.subarray(0, position), body]);
}

/** dicom-parser throws strings and objects as well as errors. */
function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  if (typeof error === 'object' && error !== null && 'exception' in error) return String(error.exception);
  return String(error);
}
