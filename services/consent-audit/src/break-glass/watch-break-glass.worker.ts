import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { RepeatedWork } from '@yinglian/platform';
import { EscalateReviewsHandler } from '../review-break-glass/escalate-reviews.handler.js';
import { EndBreakGlassHandler } from './end-break-glass.handler.js';

const REST_MS = 2_000;

/** Ends what is over, and tells of verdicts that were not given in time. Several processes may: each takes others. */
@Injectable()
export class WatchBreakGlassWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(WatchBreakGlassWorker.name);
  private readonly work: RepeatedWork;

  constructor(end: EndBreakGlassHandler, escalate: EscalateReviewsHandler) {
    this.work = new RepeatedWork(
      async () => {
        const now = new Date();
        return (await end.endWhatIsOver(now)) + (await escalate.execute(now)) > 0 ? 0 : REST_MS;
      },
      { restMs: REST_MS, say: (problem) => this.logger.warn(`Ends of broken glass are told later: ${problem}`) },
    );
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  /** Before the pool closes. */
  onModuleDestroy(): Promise<void> {
    return this.work.stop();
  }
}
