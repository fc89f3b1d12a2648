import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { z } from 'zod';
import { makeDurableFolder, syncFolder } from '../storage/durable-folder.js';
import { SharedSync } from '../storage/shared-sync.js';
import { migrateLedger } from './migrate-ledger.js';

const FILE = 'ledger.sqlite';

/**
 * What a gateway must remember and search beside its images: messages, exams, devices, decisions (ADR 0015). One process has
 * it open. A transaction that returned is visible at once and survives the process; it survives the machine when a later
 * `durable()` has resolved, one sync for all who wait.
 */
export class Ledger {
  private readonly statements = new Map<string, StatementSync>();
  private readonly syncs = new SharedSync(() => this.sync());
  private failure: unknown;

  private constructor(
    private readonly database: DatabaseSync,
    private readonly log: FileHandle,
    private readonly onBroken: () => void,
  ) {}

  /**
   * Opens the ledger of a folder, made when it is not there, at the newest schema.
   * @param onBroken the disk did not keep what was promised: nothing more is durable until the gateway is started again
   */
  static async open(folder: string, onBroken: () => void = () => undefined): Promise<Ledger> {
    await makeDurableFolder(folder);
    const path = join(folder, FILE);
    const database = new DatabaseSync(path, { enableForeignKeyConstraints: true });
    // With NORMAL, SQLite syncs where its own consistency needs it, at checkpoints; commits are synced by `durable`.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY');
    migrateLedger(database);
    const log = await open(`${path}-wal`, 'r+');
    await log.datasync();
    await syncFolder(folder);
    return new Ledger(database, log, onBroken);
  }

  /** A statement that is prepared once. */
  prepare(sql: string): StatementSync {
    const known = this.statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.database.prepare(sql);
    this.statements.set(sql, statement);
    return statement;
  }

  /** The rows of a query, each as its schema says. */
  query<Row extends z.ZodType>(row: Row, sql: string, ...parameters: SQLInputValue[]): z.output<Row>[] {
    return this.prepare(sql)
      .all(...parameters)
      .map((each) => row.parse(each));
  }

  /** All of it or, when it throws, nothing. Transactions do not nest, and do not wait for anything. */
  transaction<Result>(work: () => Result): Result {
    this.prepare('BEGIN IMMEDIATE').run();
    try {
      const result = work();
      this.prepare('COMMIT').run();
      return result;
    } catch (error) {
      if (this.database.isTransaction) this.prepare('ROLLBACK').run();
      throw error;
    }
  }

  /**
   * Resolves when all transactions that returned before are on the disk: in the write-ahead log, or behind a checkpoint,
   * which SQLite syncs itself. Rejects when the disk did not keep them, and from then on always: what a failed sync left is
   * not known.
   */
  durable(): Promise<void> {
    return this.syncs.done();
  }

  private async sync(): Promise<void> {
    if (this.failure !== undefined) throw this.failure;
    try {
      await this.log.datasync();
    } catch (error) {
      this.failure = error;
      this.onBroken();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.syncs.settled();
    await this.log.close();
    this.database.close();
  }
}
