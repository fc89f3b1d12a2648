import type { FollowedStudy } from '../domain/followed-study.js';
import { judge, NOTHING_SAID, type Patience } from '../domain/study-completion.js';
import type { StudyBook } from '../storage/study-book.js';
import type { StudyExpectations } from '../storage/study-expectations.js';

export interface JudgeOptions {
  readonly patience: Patience;
  readonly book: StudyBook;
  readonly expectations: StudyExpectations;
}

export interface JudgedStudy {
  readonly study: FollowedStudy;
  readonly loaded: Promise<void>;
  /** When something of it came or somebody who carried it left, in milliseconds of `performance.now()`. */
  activeAt: number;
  timer: NodeJS.Timeout | undefined;
}

/** Looks at each study when it has been quiet for long enough, and says when it holds for complete (ADR 0020). */
export class StudyJudge<Judged extends JudgedStudy> {
  constructor(
    private readonly options: JudgeOptions,
    private readonly complete: (judged: Judged) => void,
  ) {}

  /** Something of it moved: quiet begins anew. */
  moved(judged: Judged): void {
    judged.activeAt = performance.now();
    this.lookIn(judged, this.shortPatienceMs(judged));
  }

  /** Judges it as it is now, and looks again when it is too early. */
  look(judged: Judged): void {
    const { study } = judged;
    const { patience, book, expectations } = this.options;
    const quietMs = performance.now() - judged.activeAt;
    const isReleased = study.carriers.size === 0;
    // What is said of it is read when it may matter.
    const isEarly = quietMs < this.shortPatienceMs(judged);
    const said = isEarly ? NOTHING_SAID : expectations.of(study.studyInstanceUid, study.instances);
    const judgement = judge({ received: study.instances, said, isReleased, quietMs }, patience);
    study.isAwaited = 'quietForMs' in judgement;
    if ('quietForMs' in judgement) {
      this.lookIn(judged, Math.max(1, judgement.quietForMs - quietMs));
      return;
    }
    const at = new Date().toISOString();
    book.judged(study.studyInstanceUid, judgement, study.instances.size, study.inSpool, at);
    study.completion = { ...judgement, at };
    this.complete(judged);
  }

  private shortPatienceMs({ study }: Judged): number {
    const { afterReleaseMs, openMs } = this.options.patience;
    return study.carriers.size === 0 ? afterReleaseMs : openMs;
  }

  private lookIn(judged: Judged, ms: number): void {
    clearTimeout(judged.timer);
    judged.timer = setTimeout(() => void judged.loaded.then(() => this.look(judged)), ms).unref();
  }
}
