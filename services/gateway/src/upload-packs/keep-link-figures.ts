import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { z } from 'zod';
import { GATEWAY_FOUNDATION } from '../gateway.tokens.js';
import type { GatewayFoundation } from '../gateway-foundation.js';

const KEEP_EVERY_MS = 5_000;
const Row = z.object({
  name: z.string(),
  day: z.string(),
  bytes: z.number(),
  last_success_at: z.number().nullable(),
  last_failure_at: z.number().nullable(),
  last_failure: z.string().nullable(),
});
const KEEP = `INSERT INTO link_figures (name, day, bytes, last_success_at, last_failure_at, last_failure)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6)
  ON CONFLICT (name) DO UPDATE SET day = ?2, bytes = ?3, last_success_at = ?4, last_failure_at = ?5, last_failure = ?6
  WHERE (day, bytes, last_success_at, last_failure_at) IS NOT (?2, ?3, ?4, ?5)`;

/** What links carried survives a restart; a gateway that is killed forgets the last seconds. */
@Injectable()
export class KeepLinkFigures implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(KeepLinkFigures.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(@Inject(GATEWAY_FOUNDATION) private readonly foundation: Pick<GatewayFoundation, 'ledger' | 'links'>) {}

  onApplicationBootstrap(): void {
    const { ledger, links } = this.foundation;
    for (const row of ledger.query(Row, 'SELECT * FROM link_figures')) {
      links.restore(row.name, {
        day: row.day,
        bytes: row.bytes,
        lastSuccessMs: row.last_success_at ?? undefined,
        lastFailureMs: row.last_failure_at ?? undefined,
        lastFailure: row.last_failure ?? undefined,
      });
    }
    this.timer = setInterval(() => this.keep(), KEEP_EVERY_MS).unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
    this.keep();
  }

  private keep(): void {
    const { ledger, links } = this.foundation;
    try {
      ledger.transaction(() => {
        for (const { name, figures } of links.figures()) {
          const { day, bytes, lastSuccessMs, lastFailureMs, lastFailure } = figures;
          const instants = [lastSuccessMs ?? null, lastFailureMs ?? null];
          ledger.prepare(KEEP).run(name, day, bytes, ...instants, lastFailure ?? null);
        }
      });
    } catch (error) {
      this.logger.error({ err: error }, 'What links carried cannot be kept');
    }
  }
}
