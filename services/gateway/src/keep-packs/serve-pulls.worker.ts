import { setTimeout } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { KeptPackBringer } from './kept-pack-bringer.js';
import { type Pull, PullsClient } from './pulls.client.js';

const AFTER_A_FAILURE_MS = 1_000;
/** How soon a gateway that keeps nothing sees that it does. */
const LOOK_EVERY_MS = 1_000;

/** Has one question open at the registry at any time: a pack leaves as soon as somebody waits for it. */
@Injectable()
export class ServePullsWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Pulls');
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private lastProblem = '';

  constructor(
    private readonly bringer: KeptPackBringer,
    private readonly pulls: PullsClient,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run(this.stopping.signal);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const pauseMs = this.bringer.hasSome ? await this.once(signal) : LOOK_EVERY_MS;
      if (pauseMs > 0) await setTimeout(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  /** Resolves with how long to pause. */
  private async once(signal: AbortSignal): Promise<number> {
    try {
      for (const pull of await this.pulls.next(signal)) await this.serve(pull);
      this.lastProblem = '';
      return 0;
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      if (problem !== this.lastProblem && !signal.aborted) this.logger.warn(`Pulls are not served: ${problem}`);
      this.lastProblem = problem;
      return AFTER_A_FAILURE_MS;
    }
  }

  private async serve({ digest, studyInstanceUid }: Pull): Promise<void> {
    if (await this.bringer.pulled(digest, studyInstanceUid)) return;
    this.logger.error({ digest }, 'A pack is asked for that is not here');
    await this.pulls.tell(digest, 'missing');
  }
}
