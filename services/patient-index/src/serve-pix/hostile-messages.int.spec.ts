import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MllpClient } from '@yinglian/hl7';
import fc from 'fast-check';
import { feed, merge, pdqQuery, pixQuery } from '../testing/pix-messages.js';
import { PixWorld } from '../testing/pix-world.js';

const MESSAGES = [
  feed('A08', { ids: 'X1^^^ONE&1.2.156.99.1&ISO', name: '半^月', birthDate: '19800203', sex: 'F', sender: 'HIS|ONE' }),
  merge('X1^^^ONE', { ids: 'X2^^^ONE', version: '2.5' }),
  pixQuery('X1^^^ONE', '^^^TWO~^^^YL', { sender: 'HIS|TWO' }),
  pixQuery('P01M8JTTZJE5DMZNN68N7DEY5K4^^^YL'),
  pdqQuery('@PID.5.1.1^半月~@PID.7^19800203~@PID.8^F', { quantity: '3^RD', domains: '^^^ONE' }),
  pdqQuery('@PID.3.1^X1~@PID.3.4.1^ONE', { quantity: '3^RD', pointer: '0123456789abcdef/names.1.2' }),
];

/** What ends fields, escapes what it should not, is too long, or is no text at all. */
const PIECES = [
  '|',
  '^',
  '~',
  '&',
  '\\',
  '\\X00\\',
  '\\XD800\\',
  '\\F\\',
  '""',
  '\0',
  '\x07',
  '\r',
  '*',
  '@PID.3',
  '\u{20BB7}',
  '·',
  '9'.repeat(300),
];
const edit = fc.record({ at: fc.nat(300), cut: fc.nat(4), piece: fc.constantFrom(...PIECES) });
/** The header stays, so that the message gets past the door. */
const damaged = fc
  .tuple(fc.constantFrom(...MESSAGES), fc.array(edit, { minLength: 1, maxLength: 4 }))
  .map(([message, edits]) => {
    const body = message.indexOf('\r') + 1;
    return edits.reduce((text, { at, cut, piece }) => {
      const place = body + (at % Math.max(1, text.length - body));
      return text.slice(0, place) + piece + text.slice(place + cut);
    }, message);
  });

describe('hostile messages', () => {
  let world: PixWorld;
  let partner: MllpClient;
  beforeAll(async () => {
    world = await PixWorld.start();
    partner = await MllpClient.connect(world.port);
  });
  afterAll(async () => {
    partner.close();
    await world.stop();
  });

  it('are all answered, and none of them fails inside', async () => {
    const codes = new Set<string | undefined>();
    await fc.assert(
      fc.asyncProperty(damaged, async (message) => {
        const answer = (await partner.send(Buffer.from(message))).toString();
        const [header, msa] = answer.split('\r');
        expect(header?.startsWith('MSH|^~\\&|PIX|YL|')).toBe(true);
        expect(answer).not.toMatch(/\|207\^|worked on/);
        codes.add(msa?.split('|')[1]);
      }),
      { numRuns: 400 },
    );
    expect([...codes].sort()).toEqual(['AA', 'AE']);
  });
});
