import type { Role } from '@yinglian/contracts';
import { first, type Sql } from '@yinglian/persistence';
import { mayAct, type Staff } from '../domain/staff.js';

interface Row {
  username: string;
  display_name: string;
  roles: Role[];
  hospital: string | null;
  department: string | null;
  active: boolean;
  version: number;
  changed_at: Date;
}

const COLUMNS = 'username, display_name, roles, hospital, department, active, version, changed_at';

/** One page by username, after `after`; all hospitals when `hospital` is undefined. */
export async function listStaff(
  sql: Sql,
  { hospital, after, limit }: { hospital: string | undefined; after: string; limit: number },
): Promise<Staff[]> {
  const where = hospital === undefined ? '' : 'hospital = $3 AND';
  const rows = await sql.query<Row>(
    `SELECT ${COLUMNS} FROM staff WHERE ${where} username > $1 ORDER BY username LIMIT $2`,
    hospital === undefined ? [after, limit] : [after, limit, hospital],
  );
  return rows.map(staffOf);
}

export async function findStaff(sql: Sql, username: string): Promise<Staff | undefined> {
  const row = await first<Row>(sql, `SELECT ${COLUMNS} FROM staff WHERE username = $1`, [username]);
  return row === undefined ? undefined : staffOf(row);
}

/** The account, held until the transaction ends. */
export async function staffToChange(tx: Sql, username: string): Promise<Staff | undefined> {
  const row = await first<Row>(tx, `SELECT ${COLUMNS} FROM staff WHERE username = $1 FOR UPDATE`, [username]);
  return row === undefined ? undefined : staffOf(row);
}

/** Who but this account administers for the commission. All are held until the transaction ends, so that not both of two leave. */
export async function lockOffices(tx: Sql, username: string): Promise<Staff[]> {
  const rows = await tx.query<Row>(
    `SELECT ${COLUMNS} FROM staff
     WHERE active AND hospital IS NULL AND roles && ARRAY ['administrator', 'security-administrator']
     ORDER BY username FOR UPDATE`,
  );
  return rows.map(staffOf).filter((one) => one.username !== username);
}

/** Several accounts by username, held in one order until the transaction ends. */
export async function staffInvolved(tx: Sql, usernames: readonly string[]): Promise<Map<string, Staff>> {
  const rows = await tx.query<Row>(
    `SELECT ${COLUMNS} FROM staff WHERE username = ANY ($1) ORDER BY username FOR UPDATE`,
    [usernames],
  );
  return new Map(rows.map((row) => [row.username, staffOf(row)]));
}

/** Whether the account works at the hospital and may sign in; it stays so until the transaction ends. */
export async function worksAt(tx: Sql, username: string, hospital: string): Promise<boolean> {
  const rows = await tx.query('SELECT 1 FROM staff WHERE username = $1 AND hospital = $2 AND active FOR SHARE', [
    username,
    hospital,
  ]);
  return rows.length > 0;
}

/** The hash of an active account's password, and whether it may act. */
export async function findPassword(sql: Sql, username: string): Promise<{ hash: string; mayAct: boolean } | undefined> {
  const row = await first<Row & { password_hash: string }>(
    sql,
    `SELECT ${COLUMNS}, password_hash FROM staff WHERE username = $1 AND active`,
    [username],
  );
  return row === undefined ? undefined : { hash: row.password_hash, mayAct: mayAct(row) };
}

/** Adds the account; `by` is null for what a province begins with. A password that somebody made for another one is told. */
export async function insertStaff(tx: Sql, staff: Staff, passwordHash: string, by: string | null): Promise<void> {
  await tx.query(
    `INSERT INTO staff (${COLUMNS}, password_hash, password_told) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [...valuesOf(staff), passwordHash, by !== null],
  );
  await keepVersion(tx, staff, by);
}

export async function updateStaff(tx: Sql, staff: Staff, by: string): Promise<void> {
  await tx.query(
    `UPDATE staff SET display_name = $2, roles = $3, hospital = $4, department = $5, active = $6, version = $7,
       changed_at = $8
     WHERE username = $1`,
    valuesOf(staff),
  );
  await keepVersion(tx, staff, by);
}

export interface StaffVersion extends Staff {
  /** Null for what a province began with. */
  readonly changedBy: string | null;
}

/** What an account was, the newest first. */
export async function versionsOf(sql: Sql, username: string, limit: number): Promise<StaffVersion[]> {
  const rows = await sql.query<Row & { changed_by: string | null }>(
    `SELECT account AS username, display_name, roles, hospital, department, active, version, changed_at, changed_by
     FROM staff_versions WHERE account = $1 ORDER BY version DESC LIMIT $2`,
    [username, limit],
  );
  return rows.map((row) => ({ ...staffOf(row), changedBy: row.changed_by }));
}

async function keepVersion(tx: Sql, staff: Staff, by: string | null): Promise<void> {
  await tx.query(
    `INSERT INTO staff_versions (account, display_name, roles, hospital, department, active, version, changed_at, changed_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [...valuesOf(staff), by],
  );
}

/** Gives the account a password that somebody else made. */
export async function tellPassword(tx: Sql, username: string, passwordHash: string): Promise<void> {
  await tx.query('UPDATE staff SET password_hash = $2, password_told = true WHERE username = $1', [
    username,
    passwordHash,
  ]);
}

/** The hash of the account's password while somebody else knows that one; undefined once it is its owner's alone. */
export async function toldPassword(sql: Sql, username: string): Promise<string | undefined> {
  const select = 'SELECT password_hash AS hash FROM staff WHERE username = $1 AND password_told';
  return (await first<{ hash: string }>(sql, select, [username]))?.hash;
}

/** The owner's own in place of the former one; false when that one is no more. */
export async function choosePassword(tx: Sql, username: string, former: string, chosen: string): Promise<boolean> {
  const rows = await tx.query(
    `UPDATE staff SET password_hash = $3, password_told = false
     WHERE username = $1 AND password_hash = $2 RETURNING 1`,
    [username, former, chosen],
  );
  return rows.length > 0;
}

const valuesOf = (staff: Staff) => [
  staff.username,
  staff.displayName,
  staff.roles,
  staff.hospital,
  staff.department,
  staff.active,
  staff.version,
  staff.changedAt,
];

const staffOf = (row: Row): Staff => ({
  username: row.username,
  displayName: row.display_name,
  roles: row.roles,
  hospital: row.hospital,
  department: row.department,
  active: row.active,
  version: row.version,
  changedAt: row.changed_at,
});
