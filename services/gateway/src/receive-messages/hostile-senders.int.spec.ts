import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { frameOf } from '@yinglian/hl7';
import fc from 'fast-check';
import { RawSender } from '../testing/raw-sender.js';
import { order, visit } from '../testing/sample-messages.js';
import { eventually, TestGateway } from '../testing/test-gateway.js';

const MAXIMUM = 64 * 1024;

async function codes(sender: RawSender, count: number): Promise<string[]> {
  await eventually('all is answered', async () => sender.answers.length >= count || sender.isClosed);
  return sender.codes;
}

describe('senders that break the rules', () => {
  let gateway: TestGateway;
  const senders: RawSender[] = [];
  const sender = async () => {
    const made = await RawSender.connect(gateway.hl7Port);
    senders.push(made);
    return made;
  };

  beforeAll(async () => {
    gateway = await TestGateway.start({
      HL7_MAX_MESSAGE_BYTES: String(MAXIMUM),
      HL7_MAX_CONNECTIONS: '4',
      HL7_FRAME_MS: '1000',
    });
  });
  afterEach(async () => {
    for (const { socket } of senders.splice(0)) socket.destroy();
    await eventually('a sender is taken again', async () => {
      const probe = await RawSender.connect(gateway.hl7Port);
      probe.socket.write(frameOf(Buffer.from('MSH|^~\\&|PROBE')));
      const [code = ''] = await codes(probe, 1);
      probe.socket.destroy();
      return code.startsWith('AA');
    });
  });
  afterAll(() => gateway.stop());

  it('with garbage between frames, frames that are torn, and frames cut anywhere hear of each whole message', async () => {
    const one = await sender();
    const stream = Buffer.concat([
      Buffer.from('GET / HTTP/1.1\r\n\r\n'),
      frameOf(Buffer.from(visit('A28', { controlId: 'a', patientId: 'H1' }))),
      Buffer.from([0, 0xff, 0x0d]),
      Buffer.from('\x0bMSH|^~\\&|torn'),
      frameOf(Buffer.from(visit('A28', { controlId: 'b', patientId: 'H2' }))),
    ]);
    for (let at = 0; at < stream.length; at += 7) {
      one.socket.write(stream.subarray(at, at + 7));
      if (at % 70 === 0) await new Promise((next) => setImmediate(next));
    }
    expect(await codes(one, 2)).toEqual(['AA a', 'AA b']);
  });

  it.each([
    ['other separators', visit('A28', { controlId: 'x1' }).replaceAll('|', '#').replaceAll('^', '*'), 'AA x1'],
    ['no encoding characters', visit('A28', { controlId: 'x2' }).replace('^~\\&', ''), 'AA x2'],
    ['new lines', order({ controlId: 'x3', placer: 'NL' }).replaceAll('\r', '\n'), 'AA x3'],
    ['a byte order mark', `\ufeff${visit('A28', { controlId: 'x4' })}`, 'AA x4'],
    ['an unknown type', visit('Q99', { controlId: 'x5' }), 'AA x5'],
    ['no message', 'hello', 'AR '],
    ['nothing', '', 'AR '],
    ['separators that are letters', 'MSHabcdefg', 'AR '],
  ])('with %s are answered', async (_, message, answer) => {
    const one = await sender();
    one.socket.write(frameOf(Buffer.from(message)));
    expect(await codes(one, 1)).toEqual([answer]);
  });

  it('with a number that has a NUL character keep nobody else from being told', async () => {
    const one = await sender();
    one.socket.write(frameOf(Buffer.from(visit('A01', { controlId: 'n1', patientId: 'N\\X00\\1' }))));
    one.socket.write(frameOf(Buffer.from(visit('A01', { controlId: 'n2', patientId: 'N2' }))));
    expect(await codes(one, 2)).toEqual(['AA n1', 'AA n2']);
    const subjects = async () => new Set((await gateway.events()).map(({ subject }) => subject));
    await eventually('the other one is told', async () => (await subjects()).has('N2'));
    expect((await subjects()).has('N\uFFFD1')).toBe(true);
  });

  it('with a message that is too long are told so, and are heard further', async () => {
    const one = await sender();
    one.socket.write(frameOf(Buffer.from(visit('A28', { controlId: 'long' }) + 'Z'.repeat(MAXIMUM))));
    one.socket.write(frameOf(Buffer.from(visit('A28', { controlId: 'short' }))));
    expect(await codes(one, 2)).toEqual(['AR long', 'AA short']);
  });

  it('that begin a message and do not end it are given up', async () => {
    const one = await sender();
    one.socket.write('\x0bMSH|^~\\&|');
    await eventually('the connection has ended', async () => one.isClosed);
    expect(one.answers).toEqual([]);
  });

  it('that are too many are closed', async () => {
    const [, , , , fifth] = [await sender(), await sender(), await sender(), await sender(), await sender()];
    await eventually('the fifth has ended', async () => fifth?.isClosed === true);
  });

  it('that close their half hear the answers to what they sent', async () => {
    const one = await sender();
    one.socket.end(frameOf(Buffer.from(visit('A28', { controlId: 'half' }))));
    expect(await codes(one, 1)).toEqual(['AA half']);
  });

  it('that send a thousand messages without reading an answer are slowed down, and answered when they read', async () => {
    const one = await sender();
    one.socket.pause();
    const messages = Array.from({ length: 1_000 }, (_, at) =>
      frameOf(Buffer.from(visit('A28', { controlId: `s${at}`, patientId: `S${at}` }))),
    );
    one.socket.write(Buffer.concat(messages));
    one.socket.resume();
    expect(await codes(one, 1_000)).toEqual(messages.map((_, at) => `AA s${at}`));
  });

  it('that say anything at all do not stop it', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 400 }).map((list) => Buffer.from(list)),
      fc
        .string({ unit: fc.constantFrom(...'MSHPIDORCBX|^~\\&"\r\n\x0b\x1c12张') })
        .map((text) => Buffer.from(`\x0bMSH|^~\\&|${text}\x1c\r`)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(bytes, { maxLength: 5 }), async (pieces) => {
        const one = await RawSender.connect(gateway.hl7Port);
        one.socket.end(Buffer.concat(pieces));
        await eventually('the connection has ended', async () => one.isClosed);
      }),
      { numRuns: 60 },
    );
    expect((await fetch(`${gateway.url}/healthz`)).ok).toBe(true);
  });
});
