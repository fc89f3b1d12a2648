import { RepeatedWorker } from '@yinglian/platform';
import { ConcludeStowedStudies } from './conclude-stowed-studies.js';

/** A study is looked at so often while it is quiet. */
const LOOKS = 4;

/** Looks again and again which studies that were stored at the registry are quiet. */
export class ConcludeStowedStudiesWorker extends RepeatedWorker {
  constructor(
    private readonly conclude: ConcludeStowedStudies,
    private readonly quietMs: number,
  ) {
    super({ restMs: quietMs / LOOKS, meaning: 'Studies are concluded later', level: 'warn' });
  }

  protected async turn(signal: AbortSignal): Promise<number> {
    while (!signal.aborted && (await this.conclude.execute(this.quietMs)));
    return this.quietMs / LOOKS;
  }
}
