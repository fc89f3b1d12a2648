import { type Circumstances, progressOf } from '../domain/exam-progress.js';
import { joinImages } from '../domain/join-images.js';
import type { Ledger } from '../ledger/ledger.js';
import type { ExamProgressStore } from '../storage/exam-progress.store.js';
import { examOf, type Joinable, type JoiningStore } from '../storage/joining.store.js';

/** Few enough that images are received between two batches. */
const BATCH = 50;
/** The cause of an overdue exam may change without anything happening to the exam. */
const LOOK_AGAIN_MS = 10 * 60_000;

/** Joins images and performed steps to exams, and says how far each exam has come, whenever something of it has changed. */
export class JudgeExams {
  constructor(
    private readonly ledger: Ledger,
    private readonly joining: JoiningStore,
    private readonly exams: ExamProgressStore,
    private readonly circumstances: (now: Date) => Circumstances,
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
    const join = this.join(study);
    this.joining.joinStudy(studyUid, join);
    // What happened to the study happened to its exam.
    if (join.kind === 'joined') this.exams.changed(join.examId);
  }

  private joinStep(stepUid: string): void {
    for (const order of this.joining.stepOrders(stepUid)) {
      const join = this.join(order);
      this.joining.joinStepOrder(stepUid, order.position, join);
      if (join.kind === 'joined') this.exams.changed(join.examId);
    }
  }

  private join({ numbers, examId }: Joinable) {
    const join = joinImages(numbers, this.joining.candidates(numbers));
    if (examId !== null && examId !== examOf(join)) this.exams.changed(examId);
    return join;
  }

  private judge(examId: number, circumstances: Circumstances): void {
    const exam = this.exams.exam(examId);
    if (exam === undefined) return;
    const progress = progressOf(exam, this.exams.studies(examId), circumstances);
    const day = circumstances.dayOf(progress.performedAt ?? exam.orderedAt ?? exam.changedAt);
    const { standing, deadlineAt } = progress;
    const lookAgain: Partial<Record<string, Date | null>> = {
      due: deadlineAt && new Date(deadlineAt.getTime() + 1),
      overdue: new Date(circumstances.now.getTime() + LOOK_AGAIN_MS),
    };
    this.exams.put(examId, day, progress, lookAgain[standing ?? ''] ?? null);
  }
}
