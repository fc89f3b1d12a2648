import { first, type Sql } from '@yinglian/persistence';

/** A hospital's file, told apart by what is in it. */
export interface LoadKey {
  readonly hospital: string;
  readonly sha256: Buffer;
}

/** How much of the file is done. */
export interface LoadPosition {
  readonly nextByte: number;
  readonly lines: number;
  readonly refused: number;
}

interface Row {
  next_byte: string;
  lines: string;
  refused: string;
}

/** Where the load of the file goes on: at its beginning when it is new. */
export async function beginLoad(sql: Sql, { hospital, sha256 }: LoadKey, now: Date): Promise<LoadPosition> {
  const row = await first<Row>(
    sql,
    `INSERT INTO patient_loads AS l (hospital, sha256, next_byte, lines, refused, started_at) VALUES ($1, $2, 0, 0, 0, $3)
     ON CONFLICT (hospital, sha256) DO UPDATE SET started_at = l.started_at RETURNING next_byte, lines, refused`,
    [hospital, sha256, now],
  );
  return { nextByte: Number(row?.next_byte), lines: Number(row?.lines), refused: Number(row?.refused) };
}

export async function keepPosition(tx: Sql, { hospital, sha256 }: LoadKey, position: LoadPosition): Promise<void> {
  await tx.query(
    'UPDATE patient_loads SET next_byte = $3, lines = $4, refused = $5 WHERE hospital = $1 AND sha256 = $2',
    [hospital, sha256, position.nextByte, position.lines, position.refused],
    'keep-position',
  );
}

export async function finishLoad(sql: Sql, { hospital, sha256 }: LoadKey, now: Date): Promise<void> {
  await sql.query(
    'UPDATE patient_loads SET finished_at = coalesce(finished_at, $3) WHERE hospital = $1 AND sha256 = $2',
    [hospital, sha256, now],
  );
}
