import { isDeepStrictEqual } from 'node:util';
import { Logger } from '@nestjs/common';
import { GatewayReportedV1 } from '@yinglian/contracts';
import { eventIdOf } from '../domain/event-id.js';
import type { Ledger } from '../ledger/ledger.js';
import type { ComparisonStore } from '../storage/comparison.store.js';
import type { DailyReport, DailyReportStore } from '../storage/daily-report.store.js';
import type { OutgoingEvents } from '../tell-events/outgoing-events.store.js';
import type { CompareWithRegistry } from './compare-with-registry.js';
import type { JudgeExams } from './judge-exams.js';

export interface ReconcileParts {
  readonly hospital: string;
  readonly ledger: Ledger;
  readonly comparisons: ComparisonStore;
  readonly compare: CompareWithRegistry;
  readonly judge: JudgeExams;
  readonly reports: DailyReportStore;
  readonly events: OutgoingEvents;
}

/** Holds days against the registry, study by study, and tells the province what each came to when that is news. */
export class ReconcileDaysHandler {
  private readonly logger = new Logger(ReconcileDaysHandler.name);
  private running: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: ReconcileParts) {}

  /** The reports of these days (`2026-01-02`, where the hospital is); one reconciliation after the other. */
  execute(days: readonly string[]): Promise<DailyReport[]> {
    const turn = this.running.then(() => this.reconcile(days));
    this.running = turn.catch(() => undefined);
    return turn;
  }

  private async reconcile(days: readonly string[]): Promise<DailyReport[]> {
    const isVerified = await this.verify(days);
    while (this.parts.judge.batch(new Date())) await new Promise((next) => setImmediate(next));
    return days.map((day) => this.report(day, isVerified));
  }

  /** Whether the registry has answered for all studies of the days. */
  private async verify(days: readonly string[]): Promise<boolean> {
    const { comparisons, compare } = this.parts;
    const now = new Date();
    for (const day of days) comparisons.again(day, now.toISOString());
    try {
      while ((await compare.round(now)) > 0);
      return true;
    } catch (error) {
      this.logger.warn({ err: error }, 'The days cannot be held against the registry now');
      return false;
    }
  }

  private report(day: string, isVerified: boolean): DailyReport {
    const { hospital, ledger, reports, events } = this.parts;
    return ledger.transaction(() => {
      const reportedAt = new Date().toISOString();
      const report = { hospital, ...reports.figures(day), reportedAt, isVerified };
      const known = reports.find(day);
      if (isDeepStrictEqual({ ...known, reportedAt }, report)) return report;
      reports.put(report);
      events.add(GatewayReportedV1, report, eventIdOf(GatewayReportedV1.type, hospital, JSON.stringify(report)));
      return report;
    });
  }
}
