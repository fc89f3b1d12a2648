import type { Sql } from '@yinglian/persistence';

/** Keeps that a client's message was worked on in this transaction; false when it was before. One that comes twice at once waits. */
export async function keepFedMessage(
  tx: Sql,
  client: string,
  controlId: string,
  digest: string,
  at: Date,
): Promise<boolean> {
  const rows = await tx.query(
    `INSERT INTO fed_messages (client, control_id, digest, fed_at) VALUES ($1, $2, decode($3, 'hex'), $4)
     ON CONFLICT DO NOTHING RETURNING 1`,
    [client, controlId, digest, at],
    'keep-fed-message',
  );
  return rows.length > 0;
}

/** Longer than a sender goes on sending a message again. */
const RETENTION = '30 days';

export async function forgetFedMessages(sql: Sql): Promise<void> {
  await sql.query(`DELETE FROM fed_messages WHERE fed_at < now() - interval '${RETENTION}'`);
}
