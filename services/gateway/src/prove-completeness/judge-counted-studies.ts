import type { StudyFollower } from '../follow-studies/study-follower.js';
import type { CountedStudyStore } from '../storage/counted-study.store.js';

const BATCH = 50;

/** Has studies judged again when RIS has counted their images: the count may come before the images, or after they were judged. */
export class JudgeCountedStudies {
  constructor(
    private readonly store: CountedStudyStore,
    private readonly studies: Pick<StudyFollower, 'heardOf'>,
  ) {}

  /** How many there were. One that is cut short is judged after the next start. */
  async round(): Promise<number> {
    const waiting = this.store.waiting(BATCH);
    for (const study of waiting) {
      await this.studies.heardOf(study);
      this.store.done(study);
    }
    return waiting.length;
  }
}
