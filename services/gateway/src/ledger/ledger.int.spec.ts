import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { Ledger } from './ledger.js';

const Name = z.object({ topic: z.string() });
const INSERT = "INSERT INTO outgoing_events (event_id, topic, key, envelope) VALUES (?, ?, '', '')";

describe('the ledger of a gateway', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-ledger-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const topics = (ledger: Ledger) => ledger.query(Name, 'SELECT topic FROM outgoing_events ORDER BY sequence');

  it('keeps what a transaction did, and nothing of one that threw', async () => {
    const ledger = await Ledger.open(folder);
    ledger.transaction(() => ledger.prepare(INSERT).run('1', 'kept'));
    expect(() =>
      ledger.transaction(() => {
        ledger.prepare(INSERT).run('2', 'thrown');
        throw new Error('a planted failure');
      }),
    ).toThrow('a planted failure');
    await ledger.durable();
    await ledger.close();
    const again = await Ledger.open(folder);
    expect(topics(again)).toEqual([{ topic: 'kept' }]);
    await again.close();
  });

  it('is durable for all who wait, also across checkpoints', async () => {
    const ledger = await Ledger.open(folder);
    const long = 'x'.repeat(4_000);
    const waits = Array.from({ length: 3_000 }, async (_, at) => {
      ledger.transaction(() => ledger.prepare(INSERT).run(String(at), long));
      await ledger.durable();
    });
    await Promise.all(waits);
    expect(topics(ledger)).toHaveLength(3_000);
    await ledger.close();
  });

  it('refuses a row that is not what its reader expects', async () => {
    const ledger = await Ledger.open(folder);
    ledger.prepare(INSERT).run('1', 'a topic');
    expect(() => ledger.query(z.object({ topic: z.number() }), 'SELECT topic FROM outgoing_events')).toThrow(
      z.ZodError,
    );
    await ledger.close();
  });
});
