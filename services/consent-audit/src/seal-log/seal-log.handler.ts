import { Inject, Injectable } from '@nestjs/common';
import { Database, type Sql } from '@yinglian/persistence';
import { deedBy } from '@yinglian/platform';
import { edgeTiles, grownTiles, recordHash, rootOf, signCheckpoint } from '@yinglian/transparency-log';
import { AuditLogStore, type KeptCheckpoint } from '../storage/audit-log.store.js';
import { keepOwnDeed } from '../storage/keep-deeds.js';
import { loggedRecords } from '../storage/logged-records.js';
import { chooseSigners } from './choose-signers.js';
import { LOG_KEYS, type LogKeyFile } from './log-keys.js';

/** Sealed in one transaction. */
const AT_ONCE = 4_096;

/** Puts records in the tree and signs what it is then (ADR 0054). */
@Injectable()
export class SealLogHandler {
  constructor(
    private readonly database: Database,
    @Inject(LOG_KEYS) private readonly keyFile: LogKeyFile,
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
    const newest = await log.newestCheckpoint();
    const size = newest?.size ?? 0;
    const records = await loggedRecords(tx, size, AT_ONCE);
    if (records.length === 0) return 0;
    const gap = records.find(({ position }, n) => position !== size + n);
    if (gap !== undefined) throw new Error(`The audit log goes on at ${gap.position} where ${size} records are sealed`);
    const leaves = Buffer.concat(records.map(({ record }) => recordHash(record)));
    await log.keepTiles(grownTiles(size, await log.readTiles(edgeTiles(size)), leaves));
    await this.sign(tx, newest, size + records.length, now);
    return records.length;
  }

  /** Says what the tree is by now. Where the keys become others, that is a record of the log itself. */
  private async sign(tx: Sql, newest: KeptCheckpoint | undefined, size: number, now: Date): Promise<void> {
    const log = new AuditLogStore(tx);
    const { origin } = this.keyFile;
    const before = newest && { note: newest.note, turns: await log.turns() };
    const { signers, turn } = chooseSigners(this.keyFile, before);
    const checkpoint = { origin, size, root: await rootOf(log, size), sealedAt: now, ...(turn && { turn }) };
    const note = signCheckpoint(
      checkpoint,
      signers.map(({ signer }) => signer),
    );
    await log.keepCheckpoint({ size, note }, now, turn !== undefined);
    if (turn === undefined) return;
    const object = { kind: 'audit-log', id: String(size) } as const;
    await keepOwnDeed(tx, deedBy(null, { action: 'audit-keys.turn', object }, now));
  }
}
