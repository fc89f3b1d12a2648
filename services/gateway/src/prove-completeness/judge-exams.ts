import { type Circumstances, type ExamProgress, progressOf } from '../domain/exam-progress.js';
import { candidatesOf, decidedJoin, decidedStepJoin } from '../domain/join-decision.js';
import { type Join, joinImages } from '../domain/join-images.js';
import type { Ledger } from '../ledger/ledger.js';
import type { ExamProgressStore } from '../storage/exam-progress.store.js';
import { examOf, type Joinable, type JoiningStore } from '../storage/joining.store.js';

/** Few enough that images are received between two batches. */
const BATCH = 10;
/** The cause of an overdue exam may change without anything happening to the exam; nobody asks for it after a month. */
const LOOK_AGAIN_MS = 10 * 60_000;
const LOOKED_AT_MS = 30 * 24 * 3_600_000;

/** Joins images and performed steps to exams, and says how far each exam has come, whenever something of it has changed. */
export class JudgeExams {
  constructor(
    private readonly ledger: Ledger,
    private readonly joining: JoiningStore,
    private readonly exams: ExamProgressStore,
    private readonly circumstances: (now: Date) => Circumstances,
    /** The study was ordered as urgent. */
    private readonly onUrgent: (studyInstanceUid: string) => void = () => undefined,
  ) {}

  /** Some of what has changed; whether there was anything. */
  batch(now: Date): boolean {
    return this.ledger.transaction(() => {
      const studies = this.joining.takeStudies(BATCH);
      for (const study of studies) this.joinStudy(study);
      const steps = this.joining.takeSteps(BATCH);
      for (const step of steps) this.joinStep(step);
      const changed = this.exams.takeChanged(BATCH);
      for (const exam of changed) this.exams.lookForImages(exam);
      const judged = [...changed, ...this.exams.due(now.toISOString(), BATCH)];
      const circumstances = this.circumstances(now);
      for (const exam of judged) this.judge(exam, circumstances);
      return studies.length + steps.length + judged.length > 0;
    });
  }

  private joinStudy(studyUid: string): void {
    const study = this.joining.study(studyUid);
    if (study === undefined) return;
    const found = this.find(study);
    const join = decidedJoin(found, study.decision);
    this.joining.joinStudy(studyUid, join, candidatesOf(found));
    this.leave(study, join);
    // What happened to the study happened to its exam.
    if (join.kind === 'joined') this.exams.changed(join.examId);
  }

  private joinStep(stepUid: string): void {
    for (const order of this.joining.stepOrders(stepUid)) {
      const join = decidedStepJoin(this.find(order), order.decision);
      this.joining.joinStepOrder(stepUid, order.position, join);
      this.leave(order, join);
      if (join.kind === 'joined') this.exams.changed(join.examId);
    }
  }

  private find({ numbers }: Joinable): Join {
    return joinImages(numbers, this.joining.candidates(numbers));
  }

  private leave({ examId }: Joinable, join: Join): void {
    if (examId !== null && examId !== examOf(join)) this.exams.changed(examId);
  }

  private judge(examId: number, circumstances: Circumstances): void {
    const exam = this.exams.exam(examId);
    if (exam === undefined) return;
    if (exam.priority === 'urgent') for (const uid of this.exams.studyUids(examId)) this.onUrgent(uid);
    const progress = progressOf(exam, this.exams.studies(examId), circumstances);
    const day = circumstances.dayOf(progress.performedAt ?? exam.orderedAt ?? exam.changedAt);
    this.exams.put(examId, day, progress, lookAgainAt(progress, circumstances.now));
  }
}

/** When time alone may change it. */
function lookAgainAt({ standing, deadlineAt }: ExamProgress, now: Date): Date | null {
  if (deadlineAt === null || standing === 'met' || standing === 'late') return null;
  if (standing === 'due') return new Date(deadlineAt.getTime() + 1);
  return now.getTime() - deadlineAt.getTime() > LOOKED_AT_MS ? null : new Date(now.getTime() + LOOK_AGAIN_MS);
}
