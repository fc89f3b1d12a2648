import type { Provider } from '@nestjs/common';
import type { Alarms } from '../alarms/alarms.js';
import type { LinkState } from '../domain/exam-progress.js';
import type { ForwardInstances } from '../forward-instances/forward-instances.js';
import type { GatewayConfig } from '../gateway.config.js';
import type { GatewayFoundation } from '../gateway-foundation.js';
import { dayAt } from '../receive-messages/day-at.js';
import { ComparisonStore } from '../storage/comparison.store.js';
import { CountedStudyStore } from '../storage/counted-study.store.js';
import { DailyReportStore } from '../storage/daily-report.store.js';
import { ExamProgressStore } from '../storage/exam-progress.store.js';
import { forgetCompleteness } from '../storage/forget-completeness.js';
import { JoiningStore } from '../storage/joining.store.js';
import { CompareWithRegistry } from './compare-with-registry.js';
import { CompletenessKeeper } from './completeness-keeper.js';
import { HoldInstances } from './hold-instances.js';
import { JudgeCountedStudies } from './judge-counted-studies.js';
import { JudgeExams } from './judge-exams.js';
import { ListExamsHandler } from './list-exams.handler.js';
import { ReconcileDaysHandler } from './reconcile-days.handler.js';

/** Proof of completeness (ADR 0020) with all its parts; screens use `ListExamsHandler` and `ReconcileDaysHandler`. */
export const completenessProviders = (
  config: GatewayConfig,
  foundation: GatewayFoundation,
  { studies, urgent }: Pick<ForwardInstances, 'studies' | 'urgent'>,
): Provider[] => {
  const { ledger, hospitalFile, configuration, alarms, province, events } = foundation;
  const zone = () => hospitalFile.current.hl7.timeZone;
  const dayOf = (instant: Date) => dayAt(instant, zone());
  const comparisons = new ComparisonStore(ledger);
  const hold = new HoldInstances(comparisons, (study) => studies.sentOf(study), province);
  const compare = new CompareWithRegistry(comparisons, province, hold);
  const reports = new DailyReportStore(ledger);
  const circumstances = (now: Date) => ({
    now,
    link: linkOf(alarms),
    deadlines: configuration.current?.uploadDeadlines ?? [],
    dayOf,
  });
  const stores = [new JoiningStore(ledger, dayOf), new ExamProgressStore(ledger)] as const;
  const judge = new JudgeExams(ledger, ...stores, circumstances, (study) => urgent.mark(study));
  const { HOSPITAL: hospital } = config;
  const reconcile = new ReconcileDaysHandler({ hospital, ledger, comparisons, compare, judge, reports, events });
  const localTime = (now: Date) => ({ day: dayOf(now), hour: hourAt(now, zone()) });
  const keeper = {
    judge,
    counted: new JudgeCountedStudies(new CountedStudyStore(ledger), studies),
    compare,
    reconcile,
    reports,
    reconcileFromHour: config.RECONCILE_FROM_HOUR,
    forget: (now: Date) => forgetCompleteness(ledger, now),
    localTime,
  };
  return [
    { provide: ListExamsHandler, useFactory: () => new ListExamsHandler(ledger) },
    { provide: ReconcileDaysHandler, useValue: reconcile },
    { provide: CompletenessKeeper, useFactory: () => new CompletenessKeeper(keeper) },
  ];
};

function linkOf(alarms: Alarms): LinkState {
  const codes = new Set(alarms.list().map(({ code }) => code));
  if (codes.has('CREDENTIAL_REFUSED')) return 'credential-refused';
  return codes.has('PROVINCE_AWAY') ? 'away' : 'open';
}

/** Hour of the day in a time zone such as +0800. */
const hourAt = (instant: Date, zone: string) =>
  new Date(
    instant.getTime() +
      Number(`${zone.slice(0, 1)}1`) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3))) * 60_000,
  ).getUTCHours();
