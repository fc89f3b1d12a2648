import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeMessage } from './charset.js';
import { escapeText, unescapeText } from './escapes.js';
import { readFieldPath } from './field-path.js';
import { findSegment } from './find-segment.js';
import { readHeader } from './header.js';
import { parseMessage, readValue, repetitionsOf } from './message.js';
import { readSeparators } from './separators.js';

/** Messages that once were trouble, in base64; whatever a fuzzer finds is added. */
const corpus: string[] = JSON.parse(readFileSync(new URL('./corpus.json', import.meta.url), 'utf8'));

const at = (text: string, path: string) => {
  const message = parseMessage(text);
  const place = readFieldPath(path);
  if (message === undefined || place === undefined) throw new Error('Neither is expected');
  return readValue(message, findSegment(message, message.segments, place), place);
};

const ADMISSION =
  'MSH|^~\\&|HIS|H1|||20260102||ADT^A01^ADT_A01|7|P|2.4\rPID|1||M1^^^H1~330^^^SFZ||张^三&丰||""|\rZPV|是\rOBX|1|TX|1^所见||正常\rOBX|2|NM|IMAGES^图像数||120^张';

describe('a message', () => {
  it.each([
    ['PID-3', 'M1'],
    ['PID-3.4', 'H1'],
    ['PID-3[2].1', '330'],
    ['PID-5.2', '三'],
    ['PID-5.2.2', '丰'],
    ['PID-6', undefined],
    ['PID-7', null],
    ['PID-99', undefined],
    ['ZPV-1', '是'],
    ['PV1-2', undefined],
    ['OBX-5', '正常'],
    ['OBX(IMAGES)-5', '120'],
    ['OBX(图像数)-5.2', '张'],
    ['OBX(image)-5', undefined],
    ['MSH-1', '|'],
    ['MSH-2', '^~\\&'],
    ['MSH-9.2', 'A01'],
  ])('says at %s what its sender wrote there', (path, value) => {
    expect(at(ADMISSION, path)).toBe(value);
  });

  it.each([
    ['\n', 'new lines'],
    ['\r\n', 'carriage returns and new lines'],
    ['\r\r', 'blank lines'],
  ])('is read with segments that end in %j', (end) => {
    expect(at(ADMISSION.replaceAll('\r', end), 'ZPV-1')).toBe('是');
  });

  it('is read with the separators that it states, and the recommended ones where it states none', () => {
    expect(at('MSH#*%!$#A\rPID##x*y%z$w', 'PID-2[2].1.2')).toBe('w');
    expect(at('MSH||A|B\rPID|1||M1^^^H1', 'PID-3.4')).toBe('H1');
    expect(at('MSH|^\rPID|1||M1^a~b\\F\\', 'PID-3.2')).toBe('a~b\\F\\');
  });

  it.each(['', 'PID|1', 'MSH', 'MSHA^~\\&A', 'MSH|^^\\&|', 'MSH|ab|'])('is none when it begins as %j', (text) => {
    expect(parseMessage(text)).toBeUndefined();
  });

  it('keeps repetitions apart, and does not take MSH-2 apart', () => {
    const message = parseMessage(ADMISSION) ?? raise();
    expect(repetitionsOf(message, message.segments[1], 3)).toEqual(['M1^^^H1', '330^^^SFZ']);
    expect(repetitionsOf(message, message.segments[0], 2)).toEqual(['^~\\&']);
  });

  it('resolves escapes, and leaves a lone escape character as it is', () => {
    const separators = readSeparators('MSH|^~\\&|') ?? raise();
    expect(unescapeText('a\\F\\\\S\\\\T\\\\R\\\\E\\b\\.br\\c\\X4142\\\\H\\d\\N\\', separators)).toBe('a|^&~\\b\ncABd');
    expect(unescapeText('C:\\Temp\\F\\x', separators)).toBe('C:\\Temp|x');
    expect(unescapeText('\\constructor\\', separators)).toBe('\\constructor\\');
  });

  it('gives text back that was escaped, whatever the separators', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom('MSH|^~\\&|', 'MSH#*%!$#'), (text, header) => {
        const separators = readSeparators(header) ?? raise();
        expect(unescapeText(escapeText(text, separators), separators)).toBe(text.replaceAll(/\r\n|\r/g, '\n'));
      }),
    );
  });

  it('of any bytes is read or is none, and never throws', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }).map((list) => Buffer.from(list)),
      fc.string({ unit: fc.constantFrom(...'MSHPIDOBX|^~\\&#"\r\nXF.br张') }).map((text) => Buffer.from(`MSH|${text}`)),
    );
    const examples = corpus.map((message): [Buffer] => [Buffer.from(message, 'base64')]);
    expect(examples.length).toBeGreaterThan(0);
    fc.assert(
      fc.property(bytes, (message) => {
        readHeader(message);
        const { text } = decodeMessage(message);
        const parsed = parseMessage(text);
        for (const segment of parsed?.segments ?? []) {
          for (const field of segment.fields.keys()) {
            if (parsed !== undefined) repetitionsOf(parsed, segment, field);
          }
        }
      }),
      { examples },
    );
  });
});

function raise(): never {
  throw new Error('This is not expected');
}
