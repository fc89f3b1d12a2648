import type { Role } from '@yinglian/contracts';
import { first, type Sql } from '@yinglian/persistence';

export type NoticeKind = 'break-glass.opened' | 'break-glass.ended' | 'break-glass.overdue';

/** Those of a role at a hospital; of the commission when that is null. */
export interface RecipientRole {
  readonly toRole: Role;
  readonly toHospital: string | null;
}

/** One account, those of a role, or a patient. */
export type Recipient = { readonly toSubject: string } | RecipientRole | { readonly toPerson: string };

export interface Notice {
  readonly noticeId: string;
  readonly kind: NoticeKind;
  readonly breakGlassId: string;
  readonly sentAt: Date;
  readonly to: Recipient;
}

export async function insertNotice(tx: Sql, { noticeId, kind, breakGlassId, sentAt, to }: Notice): Promise<void> {
  const { toSubject, toRole, toHospital, toPerson } = { ...NOBODY, ...to };
  await tx.query(
    `INSERT INTO notices (notice_id, kind, break_glass_id, sent_at, to_subject, to_role, to_hospital, to_person)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [noticeId, kind, breakGlassId, sentAt, toSubject, toRole, toHospital, toPerson],
  );
}

const NOBODY = { toSubject: null, toRole: null, toHospital: null, toPerson: null };

/** Whether anybody of the role works at the hospital and may sign in. */
export async function worksAt(sql: Sql, role: Role, hospital: string): Promise<boolean> {
  const found = await sql.query(
    'SELECT 1 FROM known_staff WHERE hospital = $1 AND active AND $2 = ANY (roles) LIMIT 1',
    [hospital, role],
  );
  return found.length > 0;
}

/** The account of who answers for the department, if they work there and may sign in. */
export async function headOf(sql: Sql, hospital: string, department: string): Promise<string | undefined> {
  const row = await first<{ head: string }>(
    sql,
    `SELECT head FROM known_departments d JOIN known_staff s ON s.subject = d.head AND s.hospital = d.hospital AND s.active
     WHERE (d.hospital, d.code) = ($1, $2)`,
    [hospital, department],
  );
  return row?.head;
}

export interface Reader {
  readonly subject: string;
  readonly roles: readonly Role[];
  readonly hospital: string | null;
  /** Whom the account stands for: of a patient. */
  readonly persons: readonly string[];
}

/** A notice as its reader sees it. It names nobody but by ids. */
export interface ReadNotice {
  readonly noticeId: string;
  readonly kind: NoticeKind;
  readonly sentAt: Date;
  readonly readAt: Date | null;
  readonly about: {
    readonly breakGlassId: string;
    readonly personId: string;
    readonly kind: string;
    readonly actor: { readonly displayName: string; readonly hospital: string; readonly department: string | null };
    readonly openedAt: string;
    readonly closedAt: string | null;
  };
}

const ADDRESSED = `SELECT n.*, r.read_at FROM (
    SELECT * FROM notices WHERE to_subject = $1
    UNION ALL
    SELECT * FROM notices WHERE to_role = ANY ($2) AND coalesce(to_hospital, '') = coalesce($3, '')
    UNION ALL
    SELECT * FROM notices WHERE to_person = ANY ($4)
  ) n LEFT JOIN notice_readings r ON r.subject = $1 AND r.notice_id = n.notice_id`;

const valuesOf = ({ subject, roles, hospital, persons }: Reader) => [subject, roles, hospital, persons];

/** The newest first; those that the reader has not read when `unreadOnly`. */
export const noticesFor = (sql: Sql, reader: Reader, unreadOnly: boolean, limit: number): Promise<ReadNotice[]> =>
  sql.query(
    `SELECT a.notice_id AS "noticeId", a.kind, a.sent_at AS "sentAt", a.read_at AS "readAt",
       jsonb_build_object('breakGlassId', g.break_glass_id, 'personId', g.person_id, 'kind', g.kind, 'actor',
         jsonb_build_object('displayName', g.display_name, 'hospital', g.hospital, 'department', g.department),
         'openedAt', g.opened_at, 'closedAt', g.closed_at) AS about
     FROM (${ADDRESSED}) a JOIN break_glasses g USING (break_glass_id)
     WHERE NOT $5 OR a.read_at IS NULL ORDER BY a.sent_at DESC, a.notice_id LIMIT $6`,
    [...valuesOf(reader), unreadOnly, limit],
  );

export async function countUnread(sql: Sql, reader: Reader): Promise<number> {
  const [row] = await sql.query<{ unread: number }>(
    `SELECT count(*)::int AS unread FROM (${ADDRESSED}) a WHERE a.read_at IS NULL`,
    valuesOf(reader),
  );
  return row?.unread ?? 0;
}

/** Whether there is such a notice for the reader. The first reading counts. */
export async function markRead(sql: Sql, reader: Reader, noticeId: string, now: Date): Promise<boolean> {
  const found = await sql.query(
    `WITH mine AS (SELECT notice_id FROM (${ADDRESSED}) a WHERE a.notice_id = $5),
       kept AS (INSERT INTO notice_readings (subject, notice_id, read_at) SELECT $1, notice_id, $6 FROM mine
         ON CONFLICT DO NOTHING)
     SELECT 1 FROM mine`,
    [...valuesOf(reader), noticeId, now],
  );
  return found.length > 0;
}
