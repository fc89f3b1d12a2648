import type { Database } from '@yinglian/persistence';
import { includes, openCheckpoint } from '@yinglian/transparency-log';
import type { LoneConsentAudit } from '../peers/lone-consent-audit.js';
import { eventOf } from './fill-accesses.js';

/** Asks for the proof that the record at this place is in the log, and verifies it. Throws for one that proves nothing. */
export async function prove(audit: LoneConsentAudit, index: number): Promise<void> {
  const response = await audit.get(`log/records/${eventOf(index)}`);
  const proved = (await response.json()) as { checkpoint: string; index: number; proof: string[] };
  const { size, root } = openCheckpoint(proved.checkpoint, audit.origin, audit.verifiers);
  const leaf = await leafOf(audit.database, index);
  const proof = proved.proof.map((hash) => Buffer.from(hash, 'base64'));
  if (proved.index !== index || !includes(proof, index, leaf, size, root)) throw new Error(`${index} is not proved`);
}

async function leafOf(database: Database, index: number): Promise<Buffer> {
  const [row] = await database.query<{ leaf: Buffer }>(
    'SELECT substr(hashes, ($1::int % 256) * 32 + 1, 32) AS leaf FROM log_tiles WHERE level = 0 AND tile = $1::int / 256',
    [index],
  );
  if (row === undefined) throw new Error(`There is no tile of ${index}`);
  return row.leaf;
}
