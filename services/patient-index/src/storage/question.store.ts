import type { LocalPatientKey } from '@yinglian/contracts';
import { first, type Sql } from '@yinglian/persistence';

export interface Question {
  readonly questionId: string;
  readonly conflictId: string;
  readonly hospital: string;
  /** Which of the hospital's patients it is about. */
  readonly patients: readonly LocalPatientKey[];
  readonly question: string;
  readonly askedBy: string;
  readonly askedByName: string;
  readonly askedAt: Date;
  readonly answer: string | null;
  readonly answeredByName: string | null;
  readonly answeredAt: Date | null;
}

export interface NewQuestion {
  readonly conflictId: string;
  readonly hospital: string;
  readonly patients: readonly LocalPatientKey[];
  readonly question: string;
}

export interface Account {
  readonly subject: string;
  readonly displayName: string;
}

const COLUMNS = `question_id AS "questionId", conflict_id AS "conflictId", q.hospital, patients, question, asked_by AS "askedBy",
  asked_by_name AS "askedByName", asked_at AS "askedAt", answer, answered_by_name AS "answeredByName", answered_at AS "answeredAt"`;

export async function addQuestion(tx: Sql, asked: NewQuestion, by: Account, at: Date): Promise<string> {
  const row = await first<{ question_id: string }>(
    tx,
    `INSERT INTO questions (conflict_id, hospital, patients, question, asked_by, asked_by_name, asked_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING question_id`,
    [asked.conflictId, asked.hospital, JSON.stringify(asked.patients), asked.question, by.subject, by.displayName, at],
  );
  if (row === undefined) throw new Error('unreachable');
  return row.question_id;
}

/** The question, held until the transaction ends. */
export const questionToAnswer = (tx: Sql, questionId: string): Promise<Question | undefined> =>
  first(tx, `SELECT ${COLUMNS} FROM questions q WHERE question_id = $1 FOR UPDATE`, [questionId]);

export async function keepAnswer(tx: Sql, questionId: string, answer: string, by: Account, at: Date): Promise<void> {
  await tx.query(
    'UPDATE questions SET answer = $2, answered_by = $3, answered_by_name = $4, answered_at = $5 WHERE question_id = $1',
    [questionId, answer, by.subject, by.displayName, at],
  );
}

/** Everything that was asked about these conflicts, the newest first. */
export const questionsAbout = (sql: Sql, conflictIds: readonly string[]): Promise<Question[]> =>
  sql.query(`SELECT ${COLUMNS} FROM questions q WHERE conflict_id = ANY ($1::bigint[]) ORDER BY question_id DESC`, [
    conflictIds,
  ]);

/** What a hospital has still to answer, as far as it is not decided anyway; the oldest first. */
export const questionsTo = (sql: Sql, hospital: string, limit: number): Promise<Question[]> =>
  sql.query(
    `SELECT ${COLUMNS} FROM questions q JOIN conflicts c USING (conflict_id)
     WHERE q.hospital = $1 AND answered_at IS NULL AND c.decision IS NULL ORDER BY question_id LIMIT $2`,
    [hospital, limit],
  );
