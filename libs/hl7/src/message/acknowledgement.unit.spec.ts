import { describe, expect, it } from '@jest/globals';
import { acknowledge, acknowledgeProcessing, rejectUnreadable } from './acknowledgement.js';
import { asksForProcessing, type Outcome } from './acknowledgement-modes.js';
import { encodeText } from './charset.js';
import { readHeader } from './header.js';

const answering = { at: new Date('2026-01-02T03:04:05Z'), controlId: 'G1' };
const headerOf = (message: string) => {
  const header = readHeader(Buffer.from(message));
  if (header === undefined) throw new Error('It is a header');
  return header;
};
const answer = (message: string, outcome: Outcome) =>
  acknowledge(headerOf(message), { ...answering, outcome })?.toString();
const codeIn = (acknowledgement: Buffer | undefined) => acknowledgement?.toString().split('\r')[1]?.split('|')[1];
const asking = (accept: string, application: string) =>
  `MSH|^~\\&|HIS|H1|GW|P|20260102||ADT^A01^ADT_A01|42|P|2.5.1|||${accept}|${application}\rPID|1`;

describe('the answer to a message', () => {
  it('turns sender and receiver round, and repeats control id, processing id and version', () => {
    expect(answer(asking('', ''), 'accepted')).toBe(
      'MSH|^~\\&|GW|P|HIS|H1|20260102030405+0000||ACK^A01^ACK|G1|P|2.5.1\rMSA|AA|42\r',
    );
  });

  it.each<[string, string, Outcome, string | undefined]>([
    ['', '', 'accepted', 'AA'],
    ['', '', 'error', 'AE'],
    ['', '', 'rejected', 'AR'],
    ['AL', 'NE', 'accepted', 'CA'],
    ['AL', 'NE', 'error', 'CE'],
    ['AL', 'AL', 'rejected', 'CR'],
    ['NE', 'NE', 'accepted', undefined],
    ['NE', '', 'error', undefined],
    ['ER', 'NE', 'accepted', undefined],
    ['ER', 'NE', 'error', 'CE'],
    ['SU', 'NE', 'accepted', 'CA'],
    ['SU', 'NE', 'rejected', undefined],
    ['NE', 'AL', 'accepted', 'AA'],
    ['NE', 'AL', 'error', 'AE'],
    ['', 'AL', 'accepted', 'CA'],
    ['AL', '', 'accepted', 'CA'],
    ['ER', 'AL', 'accepted', undefined],
    ['NE', 'ER', 'accepted', undefined],
    ['NE', 'ER', 'error', 'AE'],
    ['SU', 'AL', 'rejected', 'AR'],
    ['SU', 'SU', 'rejected', undefined],
  ])('with MSH-15 %j and MSH-16 %j to what is %s is %s', (accept, application, outcome, code) => {
    expect(codeIn(acknowledge(headerOf(asking(accept, application)), { ...answering, outcome }))).toBe(code);
  });

  it('has the separators and the character set of the message, and escaped text', () => {
    const header = readHeader(encodeText('MSH#*%!$#住院##GW####ADT*A08#9#P#2.4######GBK\r', 'gb18030'));
    if (header === undefined) throw new Error('It is a header');
    expect(acknowledge(header, { ...answering, outcome: 'error', text: 'a*b' })).toEqual(
      encodeText(
        'MSH#*%!$#GW##住院##20260102030405+0000##ACK*A08*ACK#G1#P#2.4######GB 18030-2000\rMSA#AE#9#a!S!b\r',
        'gb18030',
      ),
    );
  });

  it('to bytes without a header rejects, and names nobody', () => {
    expect(rejectUnreadable({ ...answering, text: 'no MSH' }).toString()).toBe(
      'MSH|^~\\&|||||20260102030405+0000||ACK|G1|P|2.4\rMSA|AR||no MSH\r',
    );
  });
});

describe('what a message led to', () => {
  it.each<[string, string, (string | undefined)[]]>([
    ['', '', [undefined, undefined, undefined]],
    ['NE', 'AL', [undefined, undefined, undefined]],
    ['AL', 'AL', ['AA', 'AE', 'AR']],
    ['ER', 'AL', ['AA', 'AE', 'AR']],
    ['', 'AL', ['AA', 'AE', 'AR']],
    ['AL', 'SU', ['AA', undefined, undefined]],
    ['AL', 'ER', [undefined, 'AE', 'AR']],
    ['NE', 'ER', [undefined, 'AE', 'AR']],
    ['NE', 'SU', ['AA', undefined, undefined]],
    ['AL', 'NE', [undefined, undefined, undefined]],
    ['AL', '', [undefined, undefined, undefined]],
  ])('is told with MSH-15 %j and MSH-16 %j as %j', (accept, application, codes) => {
    const header = headerOf(asking(accept, application));
    const outcomes = ['accepted', 'error', 'rejected'] as const;
    expect(outcomes.map((outcome) => codeIn(acknowledgeProcessing(header, { ...answering, outcome })))).toEqual(codes);
    expect(asksForProcessing(header)).toBe(codes.some((code) => code !== undefined));
  });

  it('is a message of its own that asks for no answer', () => {
    const said = (message: string) =>
      acknowledgeProcessing(headerOf(message), {
        ...answering,
        outcome: 'error',
        text: 'CODE_UNKNOWN at PV1-2',
      })?.toString();
    const header = (sender: string) =>
      `MSH|^~\\&|GW|P|${sender}|H1|20260102030405+0000||ACK^A01^ACK|G1|P|2.5.1|||NE|NE`;
    expect(said(asking('AL', 'AL'))).toBe(`${header('HIS')}\rMSA|AE|42|CODE_UNKNOWN at PV1-2\r`);
    expect(said(asking('AL', 'AL').replace('HIS', '住院').replace('\r', '||UNICODE UTF-8\r'))).toBe(
      `${header('住院')}||UNICODE UTF-8\rMSA|AE|42|CODE_UNKNOWN at PV1-2\r`,
    );
  });
});
