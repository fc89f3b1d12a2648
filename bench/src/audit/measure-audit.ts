import type { Database } from '@yinglian/persistence';
import { withLoneConsentAudit } from '../peers/lone-consent-audit.js';
import { appendWhileReading, readAtGoal, TOLD } from './append-records.js';
import { fillAccesses } from './fill-accesses.js';
import { prove } from './prove-record.js';
import { readPage, timesOf, WARM_UP } from './read-pages.js';
import { sealed } from './sealed.js';
import { timeSearches } from './search-accesses.js';

const ASKED = 1_000;
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
  /** Milliseconds of a person's page: before, while 2,000 records come a second, and while as many come as can. */
  readonly quietReads: readonly number[];
  readonly readsAtGoal: readonly number[];
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
    const { append, busyReads } = await appendWhileReading(audit);
    const readsAtGoal = await readAtGoal(audit);
    return {
      sealing,
      append,
      recordBytes: Math.round(recordBytes),
      plainInsert,
      proofs,
      quietReads,
      busyReads,
      readsAtGoal,
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
