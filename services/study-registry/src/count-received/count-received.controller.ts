import { Controller, Get, Param, Query } from '@nestjs/common';
import { HospitalCode } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow } from '@yinglian/platform';
import { z } from 'zod';
import { receivedOf } from '../storage/received-counts.js';

const Period = z.strictObject({ days: z.coerce.number().int().min(1).max(31).default(7) });
const DAY_MS = 24 * 60 * 60_000;

@Controller('api/study-registry/hospitals')
export class CountReceivedController {
  constructor(private readonly database: Database) {}

  /** What became of the instances that a hospital's gateways brought in the last days: stored, duplicates, quarantined. */
  @Get(':hospital/received')
  @Allow({ roles: ['administrator', 'steward'] })
  async count(
    @Param('hospital', { schema: HospitalCode }) hospital: string,
    @Query({ schema: Period }) { days }: z.output<typeof Period>,
  ) {
    return { hospital, days, ...(await receivedOf(this.database, hospital, new Date(Date.now() - days * DAY_MS))) };
  }
}
