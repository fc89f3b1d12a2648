import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '@yinglian/persistence';
import { openCheckpoint } from '@yinglian/transparency-log';
import type { LoneConsentAudit } from '../peers/lone-consent-audit.js';

/** Waits until a signed checkpoint covers so many records. */
export async function sealed(audit: LoneConsentAudit, size: number): Promise<void> {
  const { database } = audit;
  for (;;) {
    const [row] = await database.query<{ size: string }>('SELECT coalesce(max(size), 0) AS size FROM log_checkpoints');
    if (Number(row?.size) >= size) break;
    await pause(50);
  }
  const newest = openCheckpoint(await (await audit.get('log/checkpoint')).text(), audit.origin, audit.verifiers);
  if (newest.size < size) throw new Error('The checkpoint covers less than was sealed');
}

export async function countKept(database: Database): Promise<number> {
  const [row] = await database.query<{ kept: string }>('SELECT max(position) + 1 AS kept FROM accesses');
  return Number(row?.kept);
}
