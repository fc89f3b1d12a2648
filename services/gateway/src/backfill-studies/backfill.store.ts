import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { restAfter } from '../domain/backfill-plan.js';
import { Ledger } from '../ledger/ledger.js';
import { type BackfillCounts, STUDY_STATES } from './backfill-status.js';

const LONGEST_PROBLEM = 200;

const StudyRow = z.object({
  study_instance_uid: z.string(),
  expected: z.number(),
  attempts: z.number(),
  moved_at: z.number().nullable(),
});

export interface BackfillStudy {
  readonly studyInstanceUid: string;
  readonly expected: number;
  readonly attempts: number;
  /** Null when it was under way in a process before this one. */
  readonly movedAt: number | null;
}

export interface ComparedStudy {
  readonly studyInstanceUid: string;
  readonly expected: number;
  /** The province has all of it. */
  readonly isThere: boolean;
}

const DUE = `SELECT study_instance_uid, expected, attempts, moved_at FROM backfill_studies
  WHERE state = ? AND due_at <= ? ORDER BY day DESC, due_at LIMIT 1`;

/** How far the backfill is, in the ledger. */
@Injectable()
export class BackfillStore {
  constructor(private readonly ledger: Ledger) {}

  /** A process before this one ended while it moved them: they are moved again if they did not arrive. */
  resume(now: number): void {
    this.run("UPDATE backfill_studies SET state = 'moved', moved_at = NULL, due_at = ? WHERE state = 'moving'", now);
  }

  /** The newest day that it covers, fixed when it begins: later images arrive by themselves. */
  begin(newestDay: string): string {
    this.run('INSERT INTO backfill (one, newest_day) VALUES (1, ?) ON CONFLICT DO NOTHING', newestDay);
    const [row] = this.ledger.query(z.object({ newest_day: z.string() }), 'SELECT newest_day FROM backfill');
    return row?.newest_day ?? newestDay;
  }

  /** Undefined when it never began. */
  get newestDay(): string | undefined {
    return this.ledger.query(z.object({ newest_day: z.string() }), 'SELECT newest_day FROM backfill')[0]?.newest_day;
  }

  get isPaused(): boolean {
    return this.ledger.query(z.object({ paused: z.number() }), 'SELECT paused FROM backfill')[0]?.paused === 1;
  }

  pause(isPaused: boolean, today: string): void {
    this.begin(today);
    this.run('UPDATE backfill SET paused = ?', Number(isPaused));
  }

  isSearched(day: string): boolean {
    return this.ledger.prepare('SELECT 1 FROM backfill_days WHERE day = ?').get(day) !== undefined;
  }

  /** Priors that this gateway pushed to the PACS are another hospital's, and are not fetched back. */
  searched(day: string, studies: readonly ComparedStudy[], problem: string | null): void {
    const now = Date.now();
    this.ledger.transaction(() => {
      const add = this.ledger.prepare(
        `INSERT INTO backfill_studies (study_instance_uid, day, state, expected, due_at) SELECT ?1, ?2, ?3, ?4, ?5
         WHERE NOT EXISTS (SELECT 1 FROM sent_priors WHERE study_instance_uid = ?1) ON CONFLICT DO NOTHING`,
      );
      for (const { studyInstanceUid, expected, isThere } of studies)
        add.run(studyInstanceUid, day, isThere ? 'there' : 'waiting', expected, now);
      this.ledger
        .prepare('INSERT INTO backfill_days VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING')
        .run(day, studies.length, problem, now);
    });
  }

  /** The one of the newest day that is due. */
  due(state: 'waiting' | 'moved', now: number): BackfillStudy | undefined {
    const [row] = this.ledger.query(StudyRow, DUE, state, now);
    return (
      row && {
        studyInstanceUid: row.study_instance_uid,
        expected: row.expected,
        attempts: row.attempts,
        movedAt: row.moved_at,
      }
    );
  }

  moving(studyInstanceUid: string): void {
    this.run("UPDATE backfill_studies SET state = 'moving' WHERE study_instance_uid = ?", studyInstanceUid);
  }

  moved(studyInstanceUid: string, instances: number, checkAt: number): void {
    this.run(
      `UPDATE backfill_studies SET state = 'moved', moved = ?, moved_at = ?, due_at = ?, problem = NULL
       WHERE study_instance_uid = ?`,
      instances,
      Date.now(),
      checkAt,
      studyInstanceUid,
    );
  }

  checkAgain(studyInstanceUid: string, at: number): void {
    this.run('UPDATE backfill_studies SET due_at = ? WHERE study_instance_uid = ?', at, studyInstanceUid);
  }

  there(studyInstanceUid: string): void {
    this.run(
      "UPDATE backfill_studies SET state = 'there', problem = NULL WHERE study_instance_uid = ?",
      studyInstanceUid,
    );
  }

  /** It could not be tried: that is not its own fault. */
  untried(studyInstanceUid: string, dueAt: number): void {
    this.run(
      "UPDATE backfill_studies SET state = 'waiting', due_at = ? WHERE study_instance_uid = ?",
      dueAt,
      studyInstanceUid,
    );
  }

  /** It rests, or is given up after so many attempts. */
  failedOnce(
    { studyInstanceUid, attempts }: BackfillStudy,
    problem: string,
    limits: { readonly attempts: number; readonly restSeconds: number },
  ): void {
    const made = attempts + 1;
    this.run(
      'UPDATE backfill_studies SET state = ?, attempts = ?, problem = ?, due_at = ? WHERE study_instance_uid = ?',
      made < limits.attempts ? 'waiting' : 'failed',
      made,
      problem.slice(0, LONGEST_PROBLEM),
      Date.now() + restAfter(made, limits.restSeconds * 1000),
      studyInstanceUid,
    );
  }

  movedSince(time: number): number {
    const [row] = this.ledger.query(
      z.object({ count: z.number() }),
      'SELECT count(*) AS count FROM backfill_studies WHERE moved_at > ?',
      time,
    );
    return row?.count ?? 0;
  }

  counts(): BackfillCounts {
    const [days] = this.ledger.query(
      z.object({ days: z.number(), incomplete: z.number() }),
      'SELECT count(*) AS days, count(problem) AS incomplete FROM backfill_days',
    );
    const rows = this.ledger.query(
      z.object({ state: z.enum(STUDY_STATES), count: z.number() }),
      'SELECT state, count(*) AS count FROM backfill_studies GROUP BY state',
    );
    const studies = { waiting: 0, moving: 0, moved: 0, there: 0, failed: 0 };
    for (const { state, count } of rows) studies[state] = count;
    return { days: days?.days ?? 0, incompleteDays: days?.incomplete ?? 0, studies };
  }

  /** Studies that were given up, the newest first. */
  failed(limit: number): { readonly studyInstanceUid: string; readonly problem: string }[] {
    return this.ledger
      .query(
        z.object({ study_instance_uid: z.string(), problem: z.string().nullable() }),
        `SELECT study_instance_uid, problem FROM backfill_studies WHERE state = 'failed' ORDER BY day DESC LIMIT ?`,
        limit,
      )
      .map(({ study_instance_uid: studyInstanceUid, problem }) => ({ studyInstanceUid, problem: problem ?? '' }));
  }

  /** Those that were given up are tried again from the beginning, and days that were not searched whole. */
  retryFailed(): void {
    this.run("UPDATE backfill_studies SET state = 'waiting', attempts = 0, due_at = 0 WHERE state = 'failed'");
    this.run('DELETE FROM backfill_days WHERE problem IS NOT NULL');
  }

  private run(sql: string, ...parameters: (string | number | null)[]): void {
    this.ledger.prepare(sql).run(...parameters);
  }
}
