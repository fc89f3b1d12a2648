import { first, type Sql } from '@yinglian/persistence';

/** One process at a time sends. The lock is no row's: a transaction that changes nothing holds nobody's outbox up. */
const LOCK = 7_201_954_057;

export async function mayISend(tx: Sql): Promise<boolean> {
  const [row] = await tx.query<{ mine: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS mine', [LOCK]);
  return row?.mine ?? false;
}

/** The place of the first record that the repository has not got: the log's first one unless any was sent. */
export async function nextToSend(sql: Sql, address: string): Promise<number> {
  const row = await first<{ next: string }>(
    sql,
    'SELECT next_position AS next FROM atna_repositories WHERE address = $1',
    [address],
  );
  return Number(row?.next ?? 0);
}

export async function keepSent(sql: Sql, address: string, next: number, now: Date): Promise<void> {
  await sql.query(
    `INSERT INTO atna_repositories (address, next_position, sent_at) VALUES ($1, $2, $3)
     ON CONFLICT (address) DO UPDATE SET next_position = excluded.next_position, sent_at = excluded.sent_at`,
    [address, next, now],
  );
}
