import type { NamedBytes } from '@yinglian/dicom';
import { EventPublisher } from '@yinglian/messaging';
import type { LinkState } from '../domain/exam-progress.js';
import type { DescribedStudy } from '../domain/join-images.js';
import type { Completion } from '../domain/study-completion.js';
import type { Ledger } from '../ledger/ledger.js';
import { CompareWithRegistry } from '../prove-completeness/compare-with-registry.js';
import { HoldInstances } from '../prove-completeness/hold-instances.js';
import { JudgeExams } from '../prove-completeness/judge-exams.js';
import { ListExamsHandler } from '../prove-completeness/list-exams.handler.js';
import { ReconcileDaysHandler } from '../prove-completeness/reconcile-days.handler.js';
import { dayAt } from '../receive-messages/day-at.js';
import { ComparisonStore } from '../storage/comparison.store.js';
import { DailyReportStore } from '../storage/daily-report.store.js';
import { ExamProgressStore } from '../storage/exam-progress.store.js';
import { JoiningStore } from '../storage/joining.store.js';
import { PerformedStepStore } from '../storage/performed-step.store.js';
import { StudyBook } from '../storage/study-book.js';
import { OutgoingEvents } from '../tell-events/outgoing-events.store.js';

const dayOf = (instant: Date) => dayAt(instant, '+0800');
export const complete: Completion = {
  reason: 'QUIET_AFTER_RELEASE',
  confidence: 'likely',
  expected: null,
  missing: 0,
  missingInstances: [],
};
export const at = (time: string) => new Date(`2026-11-24T${time}:00+08:00`);
export const text = (time: string) => at(time).toISOString();

/** The ledger and everything that stands on it; the registry is what a spec says that it has. */
export class CompletenessWorld {
  registry = new Map<string, { registered: number; quarantined: number; digest?: string }>();
  /** Instances that the registry has, those that were sent, and how often the former were asked for. */
  readonly contents = new Map<string, readonly NamedBytes[]>();
  readonly sent = new Map<string, readonly NamedBytes[]>();
  held = 0;
  isAway = false;
  link: LinkState = 'open';
  readonly book: StudyBook;
  readonly judge: JudgeExams;
  readonly list: ListExamsHandler;
  readonly compare: CompareWithRegistry;
  readonly reconcile: ReconcileDaysHandler;
  readonly events: OutgoingEvents;
  readonly steps: PerformedStepStore;

  constructor(readonly ledger: Ledger) {
    const publisher = EventPublisher.fromConfig({
      source: 'urn:yinglian:gateway:H001',
      config: { EVENTS: 'postgres', EVENT_LOG_URL: 'postgres://nobody@127.0.0.1:1/none' },
    });
    this.events = new OutgoingEvents(ledger, publisher.encode);
    this.book = new StudyBook(ledger, dayOf);
    this.steps = new PerformedStepStore(ledger);
    const comparisons = new ComparisonStore(ledger);
    this.judge = new JudgeExams(ledger, new JoiningStore(ledger, dayOf), new ExamProgressStore(ledger), (now) => ({
      now,
      link: this.link,
      deadlines: [],
      dayOf,
    }));
    const province = { sendJson: async (_: string, __: string, body: object) => this.answer(body) };
    const hold = new HoldInstances(comparisons, async (study) => this.sent.get(study), province);
    this.compare = new CompareWithRegistry(comparisons, province, hold);
    this.list = new ListExamsHandler(ledger);
    const reports = new DailyReportStore(ledger);
    const { judge, compare, events } = this;
    const parts = { hospital: 'H001', ledger, comparisons, compare, judge, reports, events };
    this.reconcile = new ReconcileDaysHandler(parts);
  }

  private answer(body: object) {
    if (this.isAway) throw new Error('away');
    if (!('studies' in body)) return this.answerInstances(body as { study: string; from: number });
    const asked = body.studies as string[];
    const studies = asked.flatMap((uid) => {
      const found = this.registry.get(uid);
      return found === undefined ? [] : [{ studyInstanceUid: uid, ...found }];
    });
    return { status: 200, headers: {}, body: JSON.stringify({ studies }) };
  }

  /** Two at a time. */
  private answerInstances({ study, from }: { study: string; from: number }) {
    this.held += 1;
    const all = this.contents.get(study) ?? [];
    const next = from + 2 < all.length ? from + 2 : null;
    return { status: 200, headers: {}, body: JSON.stringify({ instances: all.slice(from, from + 2), next }) };
  }

  order(accessionNumber: string, more: Record<string, string | null> = {}): void {
    const row = {
      accession_number: accessionNumber,
      patient_issuer: '',
      patient_id: 'ZY1',
      item_name: '胸部CT平扫',
      modality: 'CT',
      priority: 'urgent',
      ordered_at: text('08:00'),
      changed_at: text('08:00'),
      ...more,
    };
    const names = Object.keys(row);
    const sql = `INSERT INTO exams (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
    this.ledger.prepare(sql).run(...Object.values(row));
  }

  study(studyInstanceUid: string, more: Partial<DescribedStudy> = {}): void {
    const numbers: DescribedStudy = {
      studyInstanceUid,
      accessionNumber: '',
      orderNumbers: [],
      patientId: 'ZY1',
      patientIssuer: '',
      modality: 'CT',
      studyDate: '20261124',
      studyTime: '085500',
      description: 'Chest',
    };
    this.book.describe({ ...numbers, ...more }, text('09:00'));
  }

  /** Complete with ten instances, of which some are still here. */
  received(study: string, waiting: number, completion = complete): void {
    this.book.judged(study, completion, 10, waiting, text('09:05'));
  }

  settle(now = at('09:30')): void {
    while (this.judge.batch(now));
  }

  exams() {
    const { exams } = this.list.execute({ limit: 50 });
    return exams.map(({ accessionNumber, state, standing, gap, studies }) => [
      accessionNumber,
      state,
      standing,
      gap,
      studies.map(({ joinRule }) => joinRule).join(),
    ]);
  }
}
