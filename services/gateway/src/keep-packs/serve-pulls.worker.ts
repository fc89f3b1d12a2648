import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { RepeatedWork } from '@yinglian/platform';
import { KeptPackBringer } from './kept-pack-bringer.js';
import { type Pull, PullsClient } from './pulls.client.js';

const AFTER_A_FAILURE_MS = 1_000;
/** How soon a gateway that keeps nothing sees that it does. */
const LOOK_EVERY_MS = 1_000;

/** Has one question open at the registry at any time: a pack leaves as soon as somebody waits for it. */
@Injectable()
export class ServePullsWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Pulls');
  private readonly work = new RepeatedWork((signal) => this.serveNext(signal), {
    restMs: AFTER_A_FAILURE_MS,
    say: (problem) => this.logger.warn(`Pulls are not served: ${problem}`),
  });

  constructor(
    private readonly bringer: KeptPackBringer,
    private readonly pulls: PullsClient,
  ) {}

  onApplicationBootstrap(): void {
    this.work.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.work.stop();
  }

  private async serveNext(signal: AbortSignal): Promise<number> {
    if (!this.bringer.hasSome) return LOOK_EVERY_MS;
    for (const pull of await this.pulls.next(signal)) await this.serve(pull);
    return 0;
  }

  private async serve({ digest, studyInstanceUid }: Pull): Promise<void> {
    if (await this.bringer.pulled(digest, studyInstanceUid)) return;
    this.logger.error({ digest }, 'A pack is asked for that is not here');
    await this.pulls.tell(digest, 'missing');
  }
}
