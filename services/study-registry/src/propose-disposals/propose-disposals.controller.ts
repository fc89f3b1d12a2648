import { Controller, Get, Header, Query } from '@nestjs/common';
import { HospitalCode, Uid } from '@yinglian/contracts';
import { Allow, CallingPerson, type PersonPrincipal, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { ProposeDisposalsHandler } from './propose-disposals.handler.js';

const Page = z.strictObject({
  hospital: HospitalCode.optional().describe('For stewards of the commission; others are told of their own'),
  limit: z.coerce.number().int().min(1).max(200).default(100).describe('Studies that are looked at'),
  afterDate: z.string().max(64).default('').describe('`next.studyDate` of the page before'),
  afterStudy: Uid.optional().describe('`next.studyInstanceUid` of the page before'),
});

@Controller('api/study-registry/disposal-proposals')
@Allow({ roles: ['steward'] })
export class ProposeDisposalsController {
  constructor(private readonly proposeDisposals: ProposeDisposalsHandler) {}

  /**
   * Studies of a hospital, oldest first, that no rule of retention keeps any more and no legal hold: computed now from the patient's visits, so that a
   * visit tomorrow takes a study from the list. A page may have few or none; go on while there is a `next`. Nothing is disposed of by asking.
   */
  @Get()
  @Header('cache-control', 'no-store')
  async propose(@Query({ schema: Page }) page: z.output<typeof Page>, @CallingPerson() caller: PersonPrincipal) {
    const { hospital = null, limit, afterDate, afterStudy } = page;
    const after = afterStudy === undefined ? null : { studyDate: afterDate, studyInstanceUid: afterStudy };
    return unwrap(await this.proposeDisposals.execute({ hospital, limit, after }, caller, new Date()));
  }
}
