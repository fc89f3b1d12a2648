import { Inject, Injectable } from '@nestjs/common';
import { Database, type Sql } from '@yinglian/persistence';
import { edgeTiles, grownTiles, recordHash, rootOf, signCheckpoint } from '@yinglian/transparency-log';
import { AuditLogStore } from '../storage/audit-log.store.js';
import { loggedRecords } from '../storage/logged-records.js';
import { LOG_KEYS, type LogKeys } from './log-keys.js';

/** Sealed in one transaction. */
const AT_ONCE = 4_096;

/** Puts records in the tree and signs what it is then (ADR 0054). */
@Injectable()
export class SealLogHandler {
  constructor(
    private readonly database: Database,
    @Inject(LOG_KEYS) private readonly keys: LogKeys,
  ) {}

  /** Seals what nobody has sealed yet, and says how many records that were; when it is `AT_ONCE`, there may be more. */
  execute(now: Date): Promise<number> {
    return this.database.transaction((tx) => this.seal(tx, now));
  }

  /** Whether a turn was full. */
  static isFull(sealed: number): boolean {
    return sealed === AT_ONCE;
  }

  private async seal(tx: Sql, now: Date): Promise<number> {
    const log = new AuditLogStore(tx);
    await log.lockTo('seal');
    const size = (await log.newestCheckpoint())?.size ?? 0;
    const records = await loggedRecords(tx, size, AT_ONCE);
    if (records.length === 0) return 0;
    const gap = records.find(({ position }, n) => position !== size + n);
    if (gap !== undefined) throw new Error(`The audit log goes on at ${gap.position} where ${size} records are sealed`);
    const leaves = Buffer.concat(records.map(({ record }) => recordHash(record)));
    await log.keepTiles(grownTiles(size, await log.readTiles(edgeTiles(size)), leaves));
    const sealed = { origin: this.keys.origin, size: size + records.length };
    const root = await rootOf(log, sealed.size);
    const note = signCheckpoint({ ...sealed, root, sealedAt: now }, this.keys.signers);
    await log.keepCheckpoint({ size: sealed.size, note }, now);
    return records.length;
  }
}
