import { createHash } from 'node:crypto';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { RepeatedWork } from '@yinglian/platform';
import { ForwardInstances } from '../forward-instances/forward-instances.js';
import type { GatewayConfig } from '../gateway.config.js';
import { GATEWAY_CONFIG } from '../gateway.tokens.js';
import { KeptPackBringer } from './kept-pack-bringer.js';
import { KeptPacksClient } from './kept-packs.client.js';

/** Says of packs that the province would let go whether they are here, byte by byte. A hospital that uploads says nothing: they stay there. */
@Injectable()
export class ConfirmKeptPacksWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('KeptPacks');
  private readonly work: RepeatedWork;

  constructor(
    @Inject(GATEWAY_CONFIG) { KEPT_PACKS_POLL_MS: restMs }: GatewayConfig,
    private readonly bringer: KeptPackBringer,
    private readonly forward: ForwardInstances,
    private readonly client: KeptPacksClient,
  ) {
    this.work = new RepeatedWork(
      async (signal) => {
        await this.confirm(signal);
        return restMs;
      },
      { restMs, say: (problem) => this.logger.warn(`What is kept is not confirmed: ${problem}`) },
    );
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.work.stop();
  }

  private async confirm(signal: AbortSignal): Promise<void> {
    if (!this.bringer.hasSome || !this.bringer.keepsPixels) return;
    for (const digest of await this.client.toRelease(signal)) {
      signal.throwIfAborted();
      const isKept = await this.isHere(digest);
      // The hospital may have changed its mind while it was read.
      if (!this.bringer.keepsPixels) return;
      if (!isKept) this.logger.warn({ digest }, 'A pack that was kept is not here as it was; it stays at the province');
      await this.client.tell(digest, isKept);
    }
  }

  /** Read whole: the province deletes its own. */
  private async isHere(digest: string): Promise<boolean> {
    const pack = await this.forward.kept.find(digest);
    if (pack === undefined) return false;
    const hash = createHash('sha256');
    for await (const piece of this.forward.kept.read(pack)) hash.update(piece);
    return hash.digest('hex') === digest;
  }
}
