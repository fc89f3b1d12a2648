import { Body, Controller, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { HospitalCode, Uid } from '@yinglian/contracts';
import { Allow, CallingPerson, type PersonPrincipal, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { ShowRegisteredHandler } from './show-registered.handler.js';

const FOUND_AT_MOST = 50;

const Search = z.strictObject({
  by: z.enum(['accessionNumber', 'studyInstanceUid', 'patientId']),
  value: z.string().trim().min(1).max(64),
  hospital: HospitalCode.optional(),
});

/** For stewards: of the hospital that made the studies, or of the commission. */
@Controller('api/study-registry')
@Allow({ roles: ['steward'] })
export class ShowRegisteredController {
  constructor(private readonly showRegistered: ShowRegisteredHandler) {}

  /** Studies of one whole number, newest first, withdrawn ones among them; `isMore` when there are more than 50. The body keeps the number out of URLs. */
  @Post('registered-study-searches')
  @HttpCode(200)
  async find(@Body({ schema: Search }) search: z.output<typeof Search>, @CallingPerson() caller: PersonPrincipal) {
    const { hospital = null, by, value } = search;
    const clue = { by, value, hospital, limit: FOUND_AT_MOST + 1 };
    const found = unwrap(await this.showRegistered.find(clue, caller));
    return { studies: found.slice(0, FOUND_AT_MOST), isMore: found.length > FOUND_AT_MOST };
  }

  /** Instances of a series with their numbers, by which one is named that is to be withdrawn; no image. */
  @Get('studies/:studyUid/registered-series/:seriesUid')
  @Header('cache-control', 'no-store')
  async instances(
    @Param('studyUid', { schema: Uid }) studyInstanceUid: string,
    @Param('seriesUid', { schema: Uid }) seriesInstanceUid: string,
    @CallingPerson() caller: PersonPrincipal,
  ) {
    return { instances: unwrap(await this.showRegistered.instances(studyInstanceUid, seriesInstanceUid, caller)) };
  }
}
