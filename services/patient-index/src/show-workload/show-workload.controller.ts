import { Controller, Get, Query } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { Allow } from '@yinglian/platform';
import { z } from 'zod';
import { decidedByDay, medianSecondsToDecision, openByKind, withdrawnSince } from '../storage/workload.store.js';

const Asked = z.strictObject({ days: z.coerce.number().int().min(1).max(92).default(14) });
// All of China keeps one time.
const TIME_ZONE = 'Asia/Shanghai';
const DAY_MS = 86_400_000;

@Controller('api/patient-index/workload')
export class ShowWorkloadController {
  constructor(private readonly database: Database) {}

  /** What waits for stewards and what they did in the last days. Figures only: it shows nobody. */
  @Get()
  @Allow({ roles: ['steward'] })
  async show(@Query({ schema: Asked }) { days }: z.output<typeof Asked>) {
    const now = new Date();
    const since = new Date(now.getTime() - days * DAY_MS);
    const [open, decided, medianSeconds, withdrawn] = await Promise.all([
      openByKind(this.database, now),
      decidedByDay(this.database, since, TIME_ZONE),
      medianSecondsToDecision(this.database, since),
      withdrawnSince(this.database, since),
    ]);
    return { days, open, decided, medianSeconds, withdrawn };
  }
}
