import { setTimeout } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { ForwardInstances } from '../forward-instances/forward-instances.js';
import { KeptPackBringer } from './kept-pack-bringer.js';

const LOOK_EVERY_MS = 1_000;
/** What was just received is not to wait behind what has waited for years. */
const AT_ONCE = 4;

/** A hospital that has kept its pixels and uploads from now on brings what it kept, and keeps it no longer. */
@Injectable()
export class UploadKeptPacksWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('KeptPacks');
  private readonly stopping = new AbortController();
  private readonly unreadable = new Set<string>();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly bringer: KeptPackBringer,
    private readonly forward: ForwardInstances,
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
      if (this.bringer.hasSome && !this.bringer.keepsPixels) await this.fill();
      await setTimeout(LOOK_EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  private async fill(): Promise<void> {
    for await (const digest of this.forward.kept.digests()) {
      if (this.bringer.count >= AT_ONCE || this.stopping.signal.aborted) return;
      if (this.bringer.isOnItsWay(digest) || this.unreadable.has(digest)) continue;
      await this.bringer.uploaded(digest).catch((error: unknown) => {
        this.unreadable.add(digest);
        this.logger.error({ err: error, digest }, 'A pack that was kept cannot be read');
      });
    }
  }
}
