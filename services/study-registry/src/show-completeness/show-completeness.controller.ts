import { Controller, Get, Param, Query } from '@nestjs/common';
import { HospitalCode, LocalDay, SmallCells } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, ProblemError } from '@yinglian/platform';
import { z } from 'zod';
import { figuresOf } from '../domain/report-figures.js';
import { GatewayReportStore } from '../storage/gateway-report.store.js';
import { completenessProblems } from './show-completeness.errors.js';

const DAYS_AT_MOST = 92;
const DAY_MS = 24 * 3_600_000;

const Period = z
  .strictObject({ from: LocalDay, to: LocalDay })
  .refine(({ from, to }) => from <= to, 'ends before it begins')
  .refine(({ from, to }) => (Date.parse(to) - Date.parse(from)) / DAY_MS < DAYS_AT_MOST, 'is longer than 92 days');
type Period = z.output<typeof Period>;

@Controller('api/study-registry/completeness')
@Allow({ roles: ['administrator'] })
export class ShowCompletenessController {
  constructor(
    private readonly database: Database,
    private readonly cells: SmallCells,
  ) {}

  /**
   * What gateways reported of the days from `from` to `to`: figures only, null or `few` where they are about fewer than `fewerThan` and not
   * none. A hospital or a day without a report is left out.
   */
  @Get()
  async show(@Query({ schema: Period }) { from, to }: Period) {
    const reports = await new GatewayReportStore(this.database).between(from, to);
    return figuresOf(reports, this.cells);
  }

  /** The gaps of one day of a hospital, with the studies that its gateway names for each. Failures: DAY_NOT_REPORTED. */
  @Get(':hospital/:day')
  async showDay(
    @Param('hospital', { schema: HospitalCode }) hospital: string,
    @Param('day', { schema: LocalDay }) day: string,
  ) {
    const report = await new GatewayReportStore(this.database).find(hospital, day);
    if (report === undefined) throw new ProblemError(completenessProblems.DAY_NOT_REPORTED);
    return report;
  }
}
