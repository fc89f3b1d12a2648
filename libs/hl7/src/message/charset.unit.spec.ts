import { describe, expect, it } from '@jest/globals';
import { decodeMessage, encodeText } from './charset.js';
import { parseMessage, readValue } from './message.js';

const header = (declared: string) => `MSH|^~\\&|住院|院|||||ADT^A01|1|P|2.4|||||CHN|${declared}\r`;
/** 誠 is D5 5C in GBK, whose second byte is that of the escape character; 諀 D5 7C that of the field separator. */
const PID = 'PID|1||M1||誠諀^三';

describe('the character set of a message', () => {
  it.each([
    ['UNICODE UTF-8', 'utf-8', { charset: 'utf-8', guessed: false }],
    ['UTF8', 'utf-8', { charset: 'utf-8', guessed: false }],
    ['GB 18030-2000', 'gb18030', { charset: 'gb18030', guessed: false }],
    ['GBK', 'gb18030', { charset: 'gb18030', guessed: false }],
    ['GB2312', 'gb18030', { charset: 'gb18030', guessed: false }],
    ['UNICODE UTF-8', 'gb18030', { charset: 'gb18030', guessed: true }],
    ['GB 18030-2000~ASCII', 'gb18030', { charset: 'gb18030', guessed: false }],
    ['GBK', 'utf-8', { charset: 'utf-8', guessed: true }],
    ['', 'utf-8', { charset: 'utf-8', guessed: true }],
    ['', 'gb18030', { charset: 'gb18030', guessed: true }],
    ['ASCII', 'gb18030', { charset: 'gb18030', guessed: true }],
    ['8859/1', 'gb18030', { charset: 'gb18030', guessed: true }],
  ] as const)('declared as %j over %s is found, and a guess is marked', (declared, really, expected) => {
    const text = header(declared) + PID;
    const { text: read, ...found } = decodeMessage(encodeText(text, really));
    expect(read).toBe(text);
    expect(found).toEqual({ ...expected, broken: false });
  });

  it('is what the hospital says of the sender, before what the message declares', () => {
    const text = header('UNICODE UTF-8') + PID;
    expect(decodeMessage(encodeText(text, 'gb18030'), 'gb18030')).toMatchObject({ text, guessed: false });
  });

  it('is settled before the message is split, since characters end in the bytes of separators', () => {
    const message = parseMessage(decodeMessage(encodeText(header('GBK') + PID, 'gb18030')).text);
    if (message === undefined) throw new Error('It is a message');
    const name = (component: number) =>
      readValue(message, message.segments[1], { segment: 'PID', field: 5, repetition: 1, component, subcomponent: 1 });
    expect([name(1), name(2)]).toEqual(['誠諀', '三']);
  });

  it('is none when no known one reads the bytes', () => {
    expect(decodeMessage(Buffer.from('MSH|\xff\xff', 'latin1'))).toMatchObject({ guessed: true, broken: true });
  });
});
