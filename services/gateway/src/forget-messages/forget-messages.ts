import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { GatewayConfig } from '../gateway.config.js';
import { GATEWAY_CONFIG } from '../gateway.tokens.js';
import { Ledger } from '../ledger/ledger.js';
import { MessageStore } from '../storage/message.store.js';

const DAY_MS = 86_400_000;
const EVERY_MS = 3_600_000;
const AT_ONCE = 200;

/** Forgets messages some days after they were settled. What they said stays in the ledger; parked ones stay until somebody decides. */
@Injectable()
export class ForgetMessages implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(ForgetMessages.name);
  private timer: NodeJS.Timeout | undefined;
  private hasEnded = false;

  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: Pick<GatewayConfig, 'MESSAGES_KEEP_DAYS'>,
    private readonly ledger: Ledger,
    private readonly messages: MessageStore,
  ) {}

  onApplicationBootstrap(): void {
    const forget = () =>
      this.execute(new Date()).catch((error: unknown) => {
        this.logger.warn({ err: error }, 'Old messages could not be forgotten');
      });
    this.timer = setInterval(() => void forget(), EVERY_MS).unref();
    void forget();
  }

  beforeApplicationShutdown(): void {
    this.hasEnded = true;
    clearInterval(this.timer);
  }

  /** A few at a time, so that images are received meanwhile. Resolves to their number. */
  async execute(now: Date): Promise<number> {
    const before = new Date(now.getTime() - this.config.MESSAGES_KEEP_DAYS * DAY_MS).toISOString();
    for (let forgotten = 0; ; ) {
      if (this.hasEnded) return forgotten;
      const some = this.ledger.transaction(() => this.messages.forget(before, AT_ONCE));
      forgotten += some;
      if (some < AT_ONCE) return forgotten;
      await nextTurn();
    }
  }
}
