import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '@yinglian/persistence';
import { type Checkpoint, openCheckpoint } from '@yinglian/transparency-log';
import { type LoneConsentAudit, withLoneConsentAudit } from '../peers/lone-consent-audit.js';
import { fillAccesses, personOf } from './fill-accesses.js';
import { prove } from './prove-record.js';
import { timeSearches } from './search-accesses.js';
import { tellAccesses } from './tell-accesses.js';

const TOLD = 60_000;
const ASKED = 1_000;
const WARM_UP = 200;
/** As many rows to a transaction as a service's events come together. */
const BATCH = 500;
/** Of a server that has the machine's memory for itself; each commit is on the disk. */
const SETTINGS = ['shared_buffers=4GB', 'effective_cache_size=12GB', 'max_wal_size=16GB'];

export interface AuditMeasures {
  /** Records a second from the filled log on, until the last one is in a signed checkpoint. */
  readonly sealing: number;
  readonly append: number;
  /** Of one record, with its indexes and its part of the tree. */
  readonly recordBytes: number;
  /** The same rows, in a table without a log, indexes and proofs. */
  readonly plainInsert: number;
  /** Milliseconds of each proof of inclusion, verified. */
  readonly proofs: readonly number[];
  /** Milliseconds of a person's page: before, and while records come. */
  readonly quietReads: readonly number[];
  readonly busyReads: readonly number[];
  /** Milliseconds of an auditor's pages, by what was searched for. */
  readonly searches: ReadonlyMap<string, readonly number[]>;
}

export const measureAudit = (records: number): Promise<AuditMeasures> =>
  withLoneConsentAudit(SETTINGS, async (audit) => {
    await fillAccesses(audit.database, records);
    const startedAt = performance.now();
    await sealed(audit, records);
    const sealing = records / seconds(startedAt);
    const recordBytes = (await bytesOfAll(audit.database)) / records;
    const proofs = await timesOf(ASKED, (n) => prove(audit, Math.floor((n * records) / (ASKED + WARM_UP))));
    const quietReads = await timesOf(ASKED, (n) => readPage(audit, n));
    const searches = await timeSearches(audit);
    const plainInsert = await insertPlainly(audit.database);
    const { append, busyReads } = await appendWhileReading(audit, records);
    return {
      sealing,
      append,
      recordBytes: Math.round(recordBytes),
      plainInsert,
      proofs,
      quietReads,
      busyReads,
      searches,
    };
  });

async function bytesOfAll(database: Database): Promise<number> {
  const [row] = await database.query<{ bytes: string }>(
    "SELECT pg_total_relation_size('accesses') + pg_total_relation_size('log_tiles') AS bytes",
  );
  return Number(row?.bytes);
}

const seconds = (since: number) => (performance.now() - since) / 1_000;

async function newest(audit: LoneConsentAudit): Promise<Checkpoint> {
  const note = await (await audit.get('log/checkpoint')).text();
  return openCheckpoint(note, audit.origin, audit.verifiers);
}

async function sealed(audit: LoneConsentAudit, size: number): Promise<void> {
  const { database } = audit;
  for (;;) {
    const [row] = await database.query<{ size: string }>('SELECT coalesce(max(size), 0) AS size FROM log_checkpoints');
    if (Number(row?.size) >= size) break;
    await pause(50);
  }
  if ((await newest(audit)).size < size) throw new Error('The checkpoint covers less than was sealed');
}

/** Milliseconds of each, one after the other; those of the warm-up are left out. */
async function timesOf(count: number, ask: (n: number) => Promise<void>): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < WARM_UP + count; n += 1) {
    const startedAt = performance.now();
    await ask(n);
    if (n >= WARM_UP) times.push(performance.now() - startedAt);
  }
  return times;
}

async function readPage(audit: LoneConsentAudit, n: number): Promise<void> {
  const person = personOf(n * 37);
  const page = await (await audit.get(`accesses?limit=50&personId=${person}`)).json();
  const { items } = page as { items: { personId: string }[] };
  if (items.length === 0 || items.some(({ personId }) => personId !== person)) throw new Error('A page is wrong');
}

async function insertPlainly(database: Database): Promise<number> {
  await database.query('CREATE TABLE plain_accesses AS SELECT * FROM accesses WHERE false');
  const startedAt = performance.now();
  for (let from = 0; from < TOLD; from += BATCH)
    await database.query('INSERT INTO plain_accesses SELECT * FROM accesses WHERE position >= $1 AND position < $2', [
      from,
      from + BATCH,
    ]);
  return TOLD / seconds(startedAt);
}

async function appendWhileReading(audit: LoneConsentAudit, already: number) {
  // Each search of an auditor is a record too.
  const tell = await tellAccesses(audit.eventLogUrl, TOLD);
  const [before] = await audit.database.query<{ kept: string }>('SELECT max(position) + 1 AS kept FROM accesses');
  const kept = Math.max(already, Number(before?.kept));
  const busyReads: number[] = [];
  let going = true;
  const reading = (async () => {
    for (let n = 0; going; n += 1) {
      const startedAt = performance.now();
      await readPage(audit, n);
      busyReads.push(performance.now() - startedAt);
      await pause(20);
    }
  })();
  const startedAt = performance.now();
  await Promise.race([tell(), reading]);
  await Promise.race([sealed(audit, kept + TOLD), reading]);
  const append = TOLD / seconds(startedAt);
  going = false;
  await reading;
  return { append, busyReads };
}
