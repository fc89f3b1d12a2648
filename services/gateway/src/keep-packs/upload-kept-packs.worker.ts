import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { RepeatedWork } from '@yinglian/platform';
import { ForwardInstances } from '../forward-instances/forward-instances.js';
import { KeptPackBringer } from './kept-pack-bringer.js';

const LOOK_EVERY_MS = 1_000;
/** What was just received is not to wait behind what has waited for years. */
const AT_ONCE = 4;

/** A hospital that has kept its pixels and uploads from now on brings what it kept, and keeps it no longer. */
@Injectable()
export class UploadKeptPacksWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('KeptPacks');
  private readonly unreadable = new Set<string>();
  private readonly work = new RepeatedWork((signal) => this.fill(signal), {
    restMs: LOOK_EVERY_MS,
    say: (problem) => this.logger.warn(`What was kept is not brought: ${problem}`),
  });

  constructor(
    private readonly bringer: KeptPackBringer,
    private readonly forward: ForwardInstances,
  ) {}

  onApplicationBootstrap(): void {
    this.work.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.work.stop();
  }

  private async fill(signal: AbortSignal): Promise<number> {
    if (!this.bringer.hasSome || this.bringer.keepsPixels) return LOOK_EVERY_MS;
    for await (const digest of this.forward.kept.digests()) {
      if (this.bringer.count >= AT_ONCE || signal.aborted) break;
      if (this.bringer.isOnItsWay(digest) || this.unreadable.has(digest)) continue;
      await this.bringer.uploaded(digest).catch((error: unknown) => {
        this.unreadable.add(digest);
        this.logger.error({ err: error, digest }, 'A pack that was kept cannot be read');
      });
    }
    return LOOK_EVERY_MS;
  }
}
