import { UNDEFINED_LENGTH } from '../scan/element-head.js';
import { type ElementVisitor, ElementWalker } from '../scan/element-walker.js';
import { encodingOf } from './transfer-syntaxes.js';
import { type WrittenElement, writeDataSet } from './write-data-set.js';

/** How a hospital knows a patient; without an issuer there is none to write. */
export interface LocalPatient {
  readonly patientId: string;
  readonly issuer: string;
}

/** The data set cannot be given another patient. */
export class PatientNotWritable extends Error {
  override readonly name = 'PatientNotWritable';
}

const PATIENT_GROUP_LENGTH = 0x00100000;
const PATIENT_ID = 0x00100020;
const ISSUER = 0x00100021;
const TYPE_OF_ID = 0x00100022;
const ISSUER_QUALIFIERS = 0x00100024;
const OTHER_IDS = 0x00101002;
const REPLACED: ReadonlySet<number> = new Set([PATIENT_GROUP_LENGTH, PATIENT_ID, ISSUER, ISSUER_QUALIFIERS, OTHER_IDS]);
const DELIMITER_BYTES = 8;
const LONGEST_PREFIX_BYTES = 1024 * 1024;

interface Placed {
  readonly tag: number;
  readonly bytes: Buffer;
}

/**
 * A data set under the identity of another hospital: Patient ID and issuer are that hospital's, the original ones go into Other
 * Patient IDs Sequence (PS3.3 section C.7.1.1). Only elements up to (0010,1002) are touched; what follows is passed on as it
 * comes. Throws a PatientNotWritable before anything is yielded.
 * @param originalIssuer who gave the original id, when the data set does not say
 */
export async function* withLocalPatient(
  dataSet: AsyncIterable<Buffer>,
  transferSyntaxUid: string,
  patient: LocalPatient,
  originalIssuer: string,
): AsyncGenerator<Buffer> {
  const { explicit, bigEndian, deflated } = encodingOf(transferSyntaxUid);
  if (bigEndian || deflated) throw new PatientNotWritable('Neither big endian nor deflated data sets are written anew');
  if (![patient.patientId, patient.issuer].every((text) => /^[\x20-\x5b\x5d-\x7e]{0,64}$/.test(text)))
    throw new PatientNotWritable('The local Patient ID is not of the default character repertoire');
  const places: { tag: number; offset: number }[] = [];
  let end: number | undefined;
  const visitor: ElementVisitor = {
    element: ({ tag, offset }) => {
      if (tag > OTHER_IDS) end ??= offset;
      else places.push({ tag, offset });
      return false;
    },
    value: () => undefined,
  };
  const walker = new ElementWalker({ explicit, bigEndian }, visitor);
  let prefix: Buffer = Buffer.alloc(0);
  let isWritten = false;
  for await (const piece of dataSet) {
    if (isWritten) {
      yield piece;
      continue;
    }
    prefix = Buffer.concat([prefix, piece]);
    walker.write(piece);
    if (walker.lost || prefix.length > LONGEST_PREFIX_BYTES + piece.length)
      throw new PatientNotWritable('The patient of the data set is not found');
    if (end === undefined) continue;
    isWritten = true;
    yield rewritten(prefix.subarray(0, end), places, explicit, { patient, originalIssuer, transferSyntaxUid });
    yield prefix.subarray(end);
  }
  if (!isWritten) throw new PatientNotWritable('The data set ends before it describes an image');
}

function rewritten(
  prefix: Buffer,
  places: readonly { tag: number; offset: number }[],
  explicit: boolean,
  identity: { readonly patient: LocalPatient; readonly originalIssuer: string; readonly transferSyntaxUid: string },
): Buffer {
  const elements: Placed[] = places.map(({ tag, offset }, place) => ({
    tag,
    bytes: prefix.subarray(offset, places[place + 1]?.offset ?? prefix.length),
  }));
  const valueOfTag = (tag: number) => {
    const found = elements.find((element) => element.tag === tag);
    return found && valueBytes(found.bytes, explicit);
  };
  const { patient, originalIssuer, transferSyntaxUid } = identity;
  const others = originalId(
    valueOfTag,
    originalIssuer,
    (element) => writeDataSet([element], transferSyntaxUid),
    explicit,
  );
  const written = [
    { tag: PATIENT_ID, vr: 'LO', value: patient.patientId },
    ...(patient.issuer === '' ? [] : [{ tag: ISSUER, vr: 'LO', value: patient.issuer }]),
    { tag: OTHER_IDS, vr: 'SQ', value: others },
  ].map((element) => ({ tag: element.tag, bytes: writeDataSet([element], transferSyntaxUid) }));
  const kept = elements.filter(({ tag }) => !REPLACED.has(tag));
  return Buffer.concat([...kept, ...written].sort((a, b) => a.tag - b.tag).map(({ bytes }) => bytes));
}

/** The items of Other Patient IDs Sequence: those that were there, and the original id. */
function originalId(
  valueOfTag: (tag: number) => Buffer | undefined,
  originalIssuer: string,
  write: (element: WrittenElement) => Buffer,
  explicit: boolean,
): Buffer {
  const item: WrittenElement[] = [
    { tag: PATIENT_ID, vr: 'LO', value: valueOfTag(PATIENT_ID) ?? '' },
    { tag: ISSUER, vr: 'LO', value: valueOfTag(ISSUER) ?? originalIssuer },
    { tag: TYPE_OF_ID, vr: 'CS', value: 'TEXT' },
  ];
  const sequence = write({ tag: OTHER_IDS, vr: 'SQ', value: [item] });
  return Buffer.concat([valueOfTag(OTHER_IDS) ?? Buffer.alloc(0), valueBytes(sequence, explicit)]);
}

/** The value of an element; of a sequence its items, whatever the form of its length. */
function valueBytes(element: Buffer, explicit: boolean): Buffer {
  const isLong = explicit && ['SQ', 'UN'].includes(element.toString('latin1', 4, 6));
  const headBytes = isLong ? 12 : 8;
  const length = isLong || !explicit ? element.readUInt32LE(headBytes - 4) : element.readUInt16LE(6);
  const end = length === UNDEFINED_LENGTH ? element.length - DELIMITER_BYTES : element.length;
  return element.subarray(headBytes, end);
}
