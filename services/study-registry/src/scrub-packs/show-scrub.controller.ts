import { Controller, Get, Query } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { Allow } from '@yinglian/platform';
import { z } from 'zod';
import { DamagedObjectStore } from '../storage/damaged-object.store.js';
import { ShowScrub } from './show-scrub.js';

const Listed = z.strictObject({
  state: z.enum(['damaged', 'unhealable', 'healed']).default('damaged'),
  before: z.coerce
    .number()
    .int()
    .min(1)
    .max(Number.MAX_SAFE_INTEGER)
    .optional()
    .describe('`next` of the answer before'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** How the store verifies and heals itself, for administrators. Digests and counts; nothing of patients. */
@Controller('api/study-registry/scrub')
@Allow({ roles: ['administrator'] })
export class ShowScrubController {
  constructor(
    private readonly database: Database,
    private readonly showScrub: ShowScrub,
  ) {}

  /**
   * How much of each store was read again within the period (a share from 0 to 1) and since when all of it was; what was read, found
   * damaged and healed day by day (UTC, 30 days, bytes); what is damaged now, was healed ever, and waits for the replica.
   */
  @Get()
  show() {
    return this.showScrub.execute();
  }

  /** What is damaged and being healed, what is sound nowhere, or what was healed: the newest first, `next` goes on. */
  @Get('damages')
  async list(@Query({ schema: Listed }) { state, before, limit }: z.output<typeof Listed>) {
    const found = await new DamagedObjectStore(this.database).list(state, before ?? null, limit + 1);
    const damages = found.slice(0, limit);
    return { damages, next: found.length > limit ? (damages.at(-1)?.damageId ?? null) : null };
  }
}
