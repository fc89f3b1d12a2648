import { setTimeout as sleep } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { daysBefore, isReconciliationDue } from '../domain/nightly.js';
import type { DailyReportStore } from '../storage/daily-report.store.js';
import type { CompareWithRegistry } from './compare-with-registry.js';
import type { JudgeCountedStudies } from './judge-counted-studies.js';
import type { JudgeExams } from './judge-exams.js';
import type { ReconcileDaysHandler } from './reconcile-days.handler.js';

const JUDGE_EVERY_MS = 500;
const COMPARE_EVERY_MS = 2_000;
const LOOK_AT_CLOCK_EVERY_MS = 60_000;
/** Between two attempts of one night. */
const TRY_AGAIN_MS = 15 * 60_000;

export interface KeeperParts {
  readonly judge: JudgeExams;
  readonly counted: JudgeCountedStudies;
  readonly compare: CompareWithRegistry;
  readonly reconcile: ReconcileDaysHandler;
  readonly reports: DailyReportStore;
  readonly reconcileFromHour: number;
  /** Of long ago. */
  forget(now: Date): void;
  /** Day and hour of an instant where the hospital is. */
  localTime(now: Date): { readonly day: string; readonly hour: number };
}

/** Keeps what is known of exams up to date, asks the registry about what was handed over, and reconciles at night. */
export class CompletenessKeeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(CompletenessKeeper.name);
  private readonly stopping = new AbortController();
  private working: Promise<unknown> = Promise.resolve();
  private triedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly parts: KeeperParts) {}

  onApplicationBootstrap(): void {
    this.working = Promise.all([
      this.repeat(JUDGE_EVERY_MS, () => this.judge()),
      this.repeat(COMPARE_EVERY_MS, () => this.compare()),
      this.repeat(LOOK_AT_CLOCK_EVERY_MS, () => this.lookAtClock()),
    ]);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.working;
  }

  private async repeat(everyMs: number, work: () => Promise<void>): Promise<void> {
    const { signal } = this.stopping;
    let lastProblem = '';
    while (!signal.aborted) {
      try {
        await work();
        lastProblem = '';
      } catch (error) {
        const problem = error instanceof Error ? error.message : String(error);
        if (problem !== lastProblem) this.logger.warn({ err: error }, 'Completeness cannot be proved now');
        lastProblem = problem;
      }
      await sleep(everyMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  /** Reception goes on between two batches. */
  private async judge(): Promise<void> {
    while (!this.stopping.signal.aborted && this.parts.judge.batch(new Date())) {
      await new Promise((next) => setImmediate(next));
    }
    while (!this.stopping.signal.aborted && (await this.parts.counted.round()) > 0);
  }

  private async compare(): Promise<void> {
    while (!this.stopping.signal.aborted && (await this.parts.compare.round(new Date())) > 0);
  }

  private async lookAtClock(): Promise<void> {
    const { reconcile, reports, reconcileFromHour, localTime } = this.parts;
    const { day: today, hour } = localTime(new Date());
    const days = daysBefore(today);
    const [yesterday = today] = days;
    const last = reports.find(yesterday);
    const lastReport = last && { on: localTime(new Date(last.reportedAt)).day, isVerified: last.isVerified };
    if (!isReconciliationDue(today, hour, reconcileFromHour, lastReport)) return;
    if (performance.now() - this.triedAt < TRY_AGAIN_MS) return;
    this.triedAt = performance.now();
    this.parts.forget(new Date());
    // A day on which nothing happened is reported once the gateway has reported at all: before, it was not there.
    const known = days.filter((day) => reports.hasAny(day) || (day === yesterday && reports.hasReported));
    if (known.length > 0) await reconcile.execute(known);
  }
}
