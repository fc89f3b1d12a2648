import type { Sql } from '@yinglian/persistence';
import { keysInUse } from '../seal-log/choose-signers.js';
import type { LogKeyFile } from '../seal-log/log-keys.js';
import { AuditLogStore } from '../storage/audit-log.store.js';

/** Whose signatures the log has. */
export interface ToldKeys {
  /** The name of the log, and of its keys. */
  readonly origin: string;
  /** Those that sign today, as verifiers write them down (C2SP signed-note): Ed25519, and SM2 beside it. */
  readonly verifierKeys: readonly string[];
  /** Signed checkpoints that lead from those of before to these. */
  readonly turns: readonly string[];
}

export async function toldKeys(sql: Sql, keyFile: LogKeyFile): Promise<ToldKeys> {
  const log = new AuditLogStore(sql);
  const [newest, turns] = await Promise.all([log.newestCheckpoint(), log.turns()]);
  const before = newest && { note: newest.note, turns };
  return { origin: keyFile.origin, verifierKeys: keysInUse(keyFile, before), turns };
}
