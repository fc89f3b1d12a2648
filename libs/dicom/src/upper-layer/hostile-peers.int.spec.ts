import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { IMPLICIT_LITTLE_ENDIAN } from '../data-set/transfer-syntaxes.js';
import { COMMAND, encodeRequest, type InquiryAnswer } from './command-set.js';
import { encodeAbort, encodeAssociateRequest, encodeMessage, encodeReleaseRequest } from './pdu-encoder.js';
import type { Inquiry, Service } from './service-provider.js';
import { STATUS } from './status.js';
import { VERIFICATION } from './storage-classes.js';
import { UpperLayerServer } from './upper-layer-server.js';

jest.setTimeout(120_000);

const CT = '1.2.840.10008.5.1.4.1.1.2';
const MESSAGES = '1.2.840.10008.1.20.1';
const INQUIRIES = '1.2.840.10008.5.1.4.1.2.2.1';
const LONGEST_PDU_BYTES = 4_096;
const IMPLEMENTATION = { classUid: '1.2.3', versionName: 'INVENTED' };
const SERVICES: ReadonlyMap<string, Service> = new Map([
  [MESSAGES, 'messages'],
  [INQUIRIES, 'inquiries'],
]);
/** Streams that once did harm, one a file: chunks in hexadecimal, a line each. */
const CORPUS = new URL('./corpus/', import.meta.url);

const request = encodeAssociateRequest(
  {
    callingAeTitle: 'ANYBODY',
    calledAeTitle: 'GATEWAY',
    contexts: [VERIFICATION, CT, MESSAGES, INQUIRIES].map((abstractSyntax, index) => ({
      id: index * 2 + 1,
      abstractSyntax,
      transferSyntaxes: [IMPLICIT_LITTLE_ENDIAN],
    })),
    roles: [{ sopClassUid: MESSAGES, scu: true, scp: false }],
  },
  16_384,
  IMPLEMENTATION,
);
const message = (contextId: number, commandField: number, sopClassUid: string, dataSet?: Buffer) =>
  encodeMessage(
    contextId,
    encodeRequest(1, { commandField, sopClassUid, sopInstanceUid: '1.2.3', typeId: 1 }, dataSet !== undefined),
    dataSet,
    1_024,
  );
/** What a well-behaved peer may say, piece by piece. */
const PIECES = [
  request,
  message(1, COMMAND.echo, VERIFICATION),
  message(3, COMMAND.store, CT, Buffer.alloc(3_000, 7)),
  message(5, COMMAND.action, MESSAGES, Buffer.alloc(500, 1)),
  message(5, COMMAND.create, MESSAGES),
  message(1, COMMAND.cancel, VERIFICATION),
  message(7, COMMAND.find, INQUIRIES, Buffer.alloc(200, 3)),
  message(7, COMMAND.find, INQUIRIES),
  message(1, COMMAND.echo | COMMAND.responseBit, VERIFICATION),
  encodeReleaseRequest(),
  encodeAbort(0),
];

const pieces = fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 5 });
const changes = fc.array(
  fc.record({
    at: fc.nat(),
    kind: fc.constantFrom('change', 'insert', 'remove', 'length'),
    value: fc.nat({ max: 255 }),
  }),
  { maxLength: 6 },
);
/** Mostly a request first: without one nothing else is reached. */
const hostileStream = fc
  .tuple(fc.boolean(), pieces, changes, fc.nat({ max: 400 }))
  .map(([asks, said, changed, step]) => {
    const whole = changed.reduce(mutated, Buffer.concat(asks ? [request, ...said] : said));
    return step === 0 ? [whole] : cut(whole, step);
  });

function mutated(bytes: Buffer, { at, kind, value }: { at: number; kind: string; value: number }): Buffer {
  if (bytes.length === 0) return bytes;
  const place = at % bytes.length;
  if (kind === 'remove') return Buffer.concat([bytes.subarray(0, place), bytes.subarray(place + 1 + (value % 16))]);
  if (kind === 'insert') {
    return Buffer.concat([bytes.subarray(0, place), Buffer.alloc((value % 16) + 1, value), bytes.subarray(place)]);
  }
  const copy = Buffer.from(bytes);
  // Lengths of PDUs and values are where most harm can be done.
  if (kind === 'length' && place + 4 <= copy.length) copy.writeUInt32BE(0xff_ff_ff_ff >>> (value % 32), place);
  else copy[place] = value;
  return copy;
}

const cut = (bytes: Buffer, step: number): Buffer[] =>
  Array.from({ length: Math.ceil(bytes.length / step) }, (_, index) =>
    bytes.subarray(index * step, (index + 1) * step),
  );

/** The types of the PDUs in an answer; throws when they are not whole. */
function pdusIn(bytes: Buffer): number[] {
  const types: number[] = [];
  let at = 0;
  for (; at + 6 <= bytes.length; at += 6 + bytes.readUInt32BE(at + 2)) types.push(bytes.readUInt8(at));
  if (at !== bytes.length) throw new Error('The answer ends within a PDU');
  return types;
}

describe('peers that say anything, cut anywhere', () => {
  let open = 0;
  let sinks = 0;
  let inquiries = 0;
  async function* inquire({ signal }: Inquiry): AsyncGenerator<InquiryAnswer, InquiryAnswer> {
    inquiries += 1;
    try {
      for (let n = 0; n < 3 && !signal.aborted; n += 1) {
        await setImmediate();
        yield { status: STATUS.pending, dataSet: Buffer.alloc(64) };
      }
      return { status: signal.aborted ? STATUS.cancelled : STATUS.success };
    } finally {
      inquiries -= 1;
    }
  }
  const server = new UpperLayerServer(
    {
      admit: () => {
        open += 1;
        return {
          serviceOf: (syntax) => SERVICES.get(syntax) ?? 'storage',
          store: () => {
            sinks += 1;
            const ended = () => {
              sinks -= 1;
            };
            return {
              write: () => undefined,
              end: async () => {
                ended();
                return { status: STATUS.success };
              },
              abandon: async () => ended(),
            };
          },
          perform: async () => ({ status: STATUS.success }),
          inquire,
          closed: () => {
            open -= 1;
          },
        };
      },
    },
    {
      maximumLength: LONGEST_PDU_BYTES,
      maximumAssociations: 1_000,
      artimTimeoutMs: 2_000,
      idleTimeoutMs: 2_000,
      implementation: IMPLEMENTATION,
    },
  );
  let port = 0;
  beforeAll(async () => {
    port = await server.listen(0, '127.0.0.1');
  });
  afterAll(() => server.close());
  const left = () => ({ open, sinks, inquiries, associations: server.associations });
  afterEach(async () => {
    // An inquiry hears of the end at its next step.
    for (let turn = 0; turn < 100 && inquiries > 0; turn += 1) await setImmediate();
    await setImmediate();
    expect(left()).toEqual({ open: 0, sinks: 0, inquiries: 0, associations: 0 });
  });

  /** Says it, hangs up, and resolves with the types of the PDUs that came back when the other side has hung up too. */
  const answersTo = async (chunks: readonly Buffer[]): Promise<number[]> => {
    const socket = connect(port, '127.0.0.1').setNoDelay(true);
    const received: Buffer[] = [];
    socket.on('data', (bytes) => received.push(bytes));
    // An aborted connection may be reset while the rest is sent.
    socket.on('error', () => undefined);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    for (const chunk of chunks) socket.write(chunk);
    socket.end();
    await closed;
    return pdusIn(Buffer.concat(received));
  };
  /** Says it, and resolves with the types of the first PDUs that come back. */
  const conversation = async (chunks: readonly Buffer[], answers: number): Promise<number[]> => {
    const socket = connect(port, '127.0.0.1').setNoDelay(true);
    const received: Buffer[] = [];
    const enough = new Promise<number[]>((resolve) =>
      socket.on('data', (bytes) => {
        received.push(bytes);
        const types = pdusIn(Buffer.concat(received));
        if (types.length >= answers) resolve(types);
      }),
    );
    for (const chunk of chunks) socket.write(chunk);
    const types = await enough;
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.end();
    await closed;
    return types;
  };
  /** At most one answer to the request, then responses, then at most one end. */
  const isProper = (types: readonly number[]) => /^(3|7|(2(4)*[67]?))?$/.test(types.join(''));
  const endureAll = async (chunks: readonly Buffer[]) => {
    const types = await answersTo(chunks);
    if (!isProper(types)) throw new Error(`The answers are of types ${types.join(' ')}`);
  };

  it('are answered as they should when they are well-behaved', async () => {
    expect(await answersTo([...PIECES.slice(0, 6), encodeReleaseRequest()])).toEqual([2, 4, 4, 4, 4, 6]);
  });

  it('are answered once more and once more by an inquiry, and are aborted when they do not wait for its end', async () => {
    const find = message(7, COMMAND.find, INQUIRIES, Buffer.alloc(200, 3));
    // Command and data set are PDUs of their own.
    expect(await conversation([request, find], 1 + 3 * 2 + 1)).toEqual([2, 4, 4, 4, 4, 4, 4, 4]);
    expect((await answersTo([request, find, find])).at(-1)).toBe(7);
    expect((await answersTo([request, find, encodeReleaseRequest()])).at(-1)).toBe(7);
  });

  it.each(readdirSync(CORPUS).filter((name) => name.endsWith('.hex')))(
    'do no harm with %s of the corpus',
    async (name) => {
      const lines = readFileSync(new URL(name, CORPUS), 'utf8').split('\n');
      await endureAll(lines.filter((line) => line !== '').map((line) => Buffer.from(line, 'hex')));
    },
  );

  it('are answered in the protocol’s own way or not at all, and leave nothing behind', async () => {
    const outcome = await fc.check(fc.asyncProperty(hostileStream, endureAll), { numRuns: 1_500 });
    if (outcome.failed && outcome.counterexample !== null) {
      const [chunks] = outcome.counterexample;
      const text = chunks.map((chunk) => chunk.toString('hex')).join('\n');
      writeFileSync(new URL(`seed-${outcome.seed}.hex`, CORPUS), `${text}\n`);
    }
    await fc.asyncDefaultReportMessage(outcome).then((report) => expect(report).toBeUndefined());
  });
});
