import { Controller, Get, Param, Res } from '@nestjs/common';
import { Uid } from '@yinglian/contracts';
import { Allow, Caller, type Principal, unwrap } from '@yinglian/platform';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { answerBody } from '../retrieve-instances/answer-body.js';
import { RetrievePriorHandler } from './retrieve-prior.handler.js';

const InstanceAddress = z.object({ offerId: z.uuid(), seriesUid: Uid, sopInstanceUid: Uid });
type InstanceAddress = z.infer<typeof InstanceAddress>;

@Controller('api/study-registry/prior-offers/:offerId')
@Allow({ scopes: ['priors:read'] })
export class RetrievePriorController {
  constructor(private readonly retrievePrior: RetrievePriorHandler) {}

  /** What the study consists of. */
  @Get('instances')
  async list(@Param('offerId', { schema: z.uuid() }) offerId: string, @Caller() caller: Principal) {
    const instances = unwrap(await this.retrievePrior.list(offerId, caller));
    return {
      instances: instances.map(({ seriesUid, sopClassUid, sopInstanceUid, transferSyntaxUid, dataSetOffset }) => ({
        seriesInstanceUid: seriesUid,
        sopClassUid,
        sopInstanceUid,
        transferSyntaxUid,
        dataSetOffset,
      })),
    };
  }

  /** One Part 10 file, as it was received. */
  @Get('series/:seriesUid/instances/:sopInstanceUid')
  async file(
    @Param({ schema: InstanceAddress }) { offerId, seriesUid, sopInstanceUid }: InstanceAddress,
    @Caller() caller: Principal,
    @Res() reply: FastifyReply,
  ) {
    return answerBody(reply, unwrap(await this.retrievePrior.file(offerId, caller, seriesUid, sopInstanceUid)));
  }
}
