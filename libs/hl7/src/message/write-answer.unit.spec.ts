import { describe, expect, it } from '@jest/globals';
import { segmentsOfErrors } from './error-segment.js';
import { readHeader } from './header.js';
import { writeAnswer } from './write-answer.js';
import { writeField } from './write-field.js';

const RECOMMENDED = { field: '|', component: '^', repetition: '~', escape: '\\', subcomponent: '&' };

const headerOf = (text: string) => {
  const header = readHeader(Buffer.from(text));
  if (header === undefined) throw new Error('no header');
  return header;
};

describe('answers', () => {
  it('go back to the sender in its separators, with the segments behind MSA', () => {
    const header = headerOf('MSH#*!\\%#HIS#H1#PIX#P#20260101##QBP*Q23*QBP_Q21#q1#T#2.5\r');
    const answer = writeAnswer(header, {
      type: ['RSP', 'K23', 'RSP_K23'],
      code: 'AE',
      at: new Date('2026-11-24T10:15:00Z'),
      controlId: 'a1',
      charset: 'gb18030',
      segments: [
        ...segmentsOfErrors(header, [{ code: 204, location: ['QPD', 1, 3, 1, 1], text: '50% #' }]),
        ['PID', '', '', writeField([['7', '', '', ['N', '1.2', 'ISO']], '王*五'], header.message.separators)],
      ],
    });
    expect(new TextDecoder('gb18030').decode(answer).split('\r')).toEqual([
      'MSH#*!\\%#PIX#P#HIS#H1#20261124101500+0000##RSP*K23*RSP_K23#a1#T#2.5######GB 18030-2000',
      'MSA#AE#q1',
      'ERR##QPD*1*3*1*1#204*Unknown key identifier*HL70357#E####50\\T\\ \\F\\',
      'PID###7***N%1.2%ISO!王\\S\\五',
      '',
    ]);
  });

  it.each([
    ['2.3.1', 0],
    ['2.4', 0],
    ['2.5', 1],
    ['2.8.2', 1],
    ['', 0],
  ])('in version %s have %i ERR segment for an error', (version, count) => {
    const header = headerOf(`MSH|^~\\&|A|B|C|D|||ADT^A01|1|P|${version}\r`);
    expect(segmentsOfErrors(header, [{ code: 101, location: ['PID', 1, 3] }])).toHaveLength(count);
  });

  it('leave out what is empty at the end of a value', () => {
    expect(writeField([['a', '', ''], ['', ['', 'b', '']], ''], RECOMMENDED)).toBe('a~^&b~');
  });
});
