import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { RepeatedWork } from '@yinglian/platform';
import { StudyRequestServer } from './study-request-server.js';

const ASK_EVERY_MS = 3_000;

/** Serves what the province asks for at any hour, beside a backfill and not behind it. */
@Injectable()
export class ServeRequestsWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('StudyRequests');
  private readonly work = new RepeatedWork((signal) => this.serve(signal), {
    restMs: ASK_EVERY_MS,
    say: (problem) => this.logger.warn(`Requests for studies are not served: ${problem}`),
  });

  constructor(private readonly server: StudyRequestServer) {}

  onApplicationBootstrap(): void {
    this.work.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.work.stop();
  }

  private async serve(signal: AbortSignal): Promise<number> {
    await this.server.serveAll(signal);
    return ASK_EVERY_MS;
  }
}
