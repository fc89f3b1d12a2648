import { type DicomJson, type DicomJsonElement, vrOf, type WrittenElement, writeDataSet } from '@yinglian/dicom';
import iconv from 'iconv-lite';
import { type Identifier, TAG } from '../identifier.js';

/** Far more than any value of a search has; short VRs have 64 KiB (PS3.5 section 7.1.2). */
const LONGEST_TEXT = 4_096;

export interface WrittenAnswer {
  readonly dataSet: Buffer;
  /** Some of the attributes that are asked for are not told. */
  readonly lacksKeys: boolean;
}

/** What the character set of answers is: GB18030 for who asks in it, else UTF-8. */
const answerSet = (asked: string) => (/^(GB18030|GBK)$/.test(asked) ? 'GB18030' : 'ISO_IR 192');

/** An answer to C-FIND: the attributes that are asked for, empty where nothing is known (PS3.4 section C.4.1.1.3.2). */
export function writeAnswer(
  record: DicomJson,
  { level, values, vrs, characterSet: asked }: Identifier,
  retrieveAeTitle: string,
  transferSyntaxUid: string,
): WrittenAnswer {
  const characterSet = answerSet(asked);
  const encode = (text: string) => (characterSet === 'GB18030' ? iconv.encode(text, 'gb18030') : Buffer.from(text));
  const told: DicomJson = {
    ...record,
    [TAG.characterSet]: { vr: 'CS', Value: [characterSet] },
    [TAG.level]: { vr: 'CS', Value: [level] },
    [TAG.retrieveTitle]: { vr: 'AE', Value: [retrieveAeTitle] },
  };
  const tags = new Set([...values.keys(), TAG.characterSet, TAG.level, TAG.retrieveTitle]);
  const elements = [...tags].sort().map((tag) => written(tag, told[tag] ?? { vr: vrs.get(tag) ?? vrOf(tag) }, encode));
  return {
    dataSet: writeDataSet(elements, transferSyntaxUid),
    lacksKeys: [...tags].some((tag) => told[tag] === undefined),
  };
}

type Encode = (text: string) => Buffer;

function written(tag: string, { vr, Value: values = [] }: DicomJsonElement, encode: Encode): WrittenElement {
  return { tag: Number.parseInt(tag, 16), vr, value: bytesOf(vr, values, encode) };
}

function bytesOf(vr: string, values: readonly unknown[], encode: Encode): WrittenElement['value'] {
  if (vr === 'SQ') {
    return values
      .filter(isDataSet)
      .map((item) => Object.entries(item).map(([tag, each]) => written(tag, each, encode)));
  }
  if (vr === 'US') return Buffer.concat(values.map((value) => uint16(Number(value))));
  const text = values.map((value) => textOf(vr, value)).join('\\');
  // Its padding is another one than that of text.
  return vr === 'UI' ? text : encode(text.slice(0, LONGEST_TEXT));
}

function textOf(vr: string, value: unknown): string {
  if (vr !== 'PN' || typeof value !== 'object' || value === null) return String(value ?? '');
  const groups = ['Alphabetic', 'Ideographic', 'Phonetic'].map((group) => String(Reflect.get(value, group) ?? ''));
  return groups.join('=').replace(/=+$/, '');
}

const isDataSet = (value: unknown): value is DicomJson => typeof value === 'object' && value !== null;

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(Math.min(Math.max(Math.trunc(value) || 0, 0), 0xffff));
  return bytes;
}
