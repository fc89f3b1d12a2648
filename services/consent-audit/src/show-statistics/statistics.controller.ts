import { Controller, Get, Query } from '@nestjs/common';
import { AccessAction, Role } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, CallingPerson, type PersonPrincipal, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { CaseAccess } from '../decide-cases/case-access.js';
import { accessStatistics } from '../storage/access-counts.js';
import { findingStatistics, verdictStatistics } from '../storage/desk-statistics.js';

const Month = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/);
const Period = z
  .object({ from: Month, to: Month.describe('Included') })
  .refine(({ from, to }) => from <= to, { error: 'It ends before it begins' });

/** For auditors. Everybody may ask: it is decided and recorded, refusals too. */
@Controller('api/consent-audit/statistics')
@Allow({ roles: Role.options })
export class StatisticsController {
  constructor(
    private readonly database: Database,
    private readonly access: CaseAccess,
  ) {}

  /** Of whole months of the province's calendar: who opened, was refused or broke the glass, what was found, how cases ended. */
  @Get()
  async show(@Query({ schema: Period }) months: z.output<typeof Period>, @CallingPerson() caller: PersonPrincipal) {
    unwrap(await this.access.decide(caller, null, 'statistics'));
    const [accesses, findings, verdicts] = await Promise.all([
      accessStatistics(this.database, months, AccessAction.options),
      findingStatistics(this.database, months),
      verdictStatistics(this.database, months),
    ]);
    return { ...accesses, findings, verdicts };
  }
}
