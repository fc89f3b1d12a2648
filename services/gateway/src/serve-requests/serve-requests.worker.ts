import { setTimeout } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { StudyRequestServer } from './study-request-server.js';

const ASK_EVERY_MS = 3_000;

/** Serves what the province asks for at any hour, beside a backfill and not behind it. */
@Injectable()
export class ServeRequestsWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('StudyRequests');
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private lastProblem = '';

  constructor(private readonly server: StudyRequestServer) {}

  onApplicationBootstrap(): void {
    this.running = this.run(this.stopping.signal);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.once(signal);
      await setTimeout(ASK_EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  private async once(signal: AbortSignal): Promise<void> {
    try {
      await this.server.serveAll(signal);
      this.lastProblem = '';
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      if (problem !== this.lastProblem) this.logger.warn(`Requests for studies are not served: ${problem}`);
      this.lastProblem = problem;
    }
  }
}
