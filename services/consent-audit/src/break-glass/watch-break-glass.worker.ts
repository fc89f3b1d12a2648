import { Injectable } from '@nestjs/common';
import { RepeatedWorker } from '@yinglian/platform';
import { EscalateReviewsHandler } from '../review-break-glass/escalate-reviews.handler.js';
import { EndBreakGlassHandler } from './end-break-glass.handler.js';

const REST_MS = 2_000;

/** Ends what is over, and tells of verdicts that were not given in time. Several processes may: each takes others. */
@Injectable()
export class WatchBreakGlassWorker extends RepeatedWorker {
  constructor(
    private readonly end: EndBreakGlassHandler,
    private readonly escalate: EscalateReviewsHandler,
  ) {
    super({ restMs: REST_MS, meaning: 'Ends of broken glass are told later', level: 'warn' });
  }

  protected async turn(): Promise<number> {
    const now = new Date();
    return (await this.end.endWhatIsOver(now)) + (await this.escalate.execute(now)) > 0 ? 0 : REST_MS;
  }
}
