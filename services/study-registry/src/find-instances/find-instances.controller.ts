import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { Role, Uid } from '@yinglian/contracts';
import { Allow, CallingPerson, type PersonPrincipal, unwrap } from '@yinglian/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SearchParameters } from '../domain/search-keys.js';
import { answerSearch, dicomWebRoot, searchOf } from '../find-studies/answer-search.js';
import { FindInstancesHandler } from './find-instances.handler.js';
import { INSTANCE_KEYS } from './instance-json.js';

@Controller('dicom-web/studies/:study')
@Allow({ roles: Role.options })
export class FindInstancesController {
  constructor(private readonly findInstances: FindInstancesHandler) {}

  /** QIDO-RS, Search for Study's Instances (PS3.18 section 10.6). */
  @Get('instances')
  ofStudy(
    @Param('study', { schema: Uid }) studyUid: string,
    @Query() parameters: SearchParameters,
    @CallingPerson() caller: PersonPrincipal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.answer(caller, studyUid, undefined, parameters, request, reply);
  }

  /** QIDO-RS, Search for Study's Series' Instances. */
  @Get('series/:series/instances')
  ofSeries(
    @Param('study', { schema: Uid }) studyUid: string,
    @Param('series', { schema: Uid }) seriesUid: string,
    @Query() parameters: SearchParameters,
    @CallingPerson() caller: PersonPrincipal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.answer(caller, studyUid, seriesUid, parameters, request, reply);
  }

  private async answer(
    caller: PersonPrincipal,
    studyUid: string,
    seriesUid: string | undefined,
    parameters: SearchParameters,
    request: FastifyRequest,
    reply: FastifyReply,
  ) {
    const search = searchOf(parameters, INSTANCE_KEYS);
    const root = dicomWebRoot(request);
    const { instances, more } = unwrap(await this.findInstances.execute(caller, studyUid, seriesUid, search, root));
    return answerSearch(reply, instances, search, more);
  }
}
