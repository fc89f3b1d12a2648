import { failure, type Result } from '@yinglian/platform';
import { patientIndexProblems } from '../patient-index.errors.js';

/** Samples are costly: a process reads one at a time, and whoever comes meanwhile is told so. */
export class OneAtATime {
  private isBusy = false;

  async run<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
    if (this.isBusy) return failure(patientIndexProblems.MATCH_SAMPLE_BUSY);
    this.isBusy = true;
    try {
      return await work();
    } finally {
      this.isBusy = false;
    }
  }
}
