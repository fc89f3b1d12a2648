import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { Role, Uid } from '@yinglian/contracts';
import { Allow, CallingPerson, type PersonPrincipal, unwrap } from '@yinglian/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SearchParameters } from '../domain/search-keys.js';
import { answerSearch, dicomWebRoot, searchOf } from '../find-studies/answer-search.js';
import { IncludeFields } from '../find-studies/include-fields.js';
import { FindInstancesHandler, type InstancesOf } from './find-instances.handler.js';

@Controller('dicom-web')
@Allow({ roles: Role.options })
export class FindInstancesController {
  constructor(
    private readonly findInstances: FindInstancesHandler,
    private readonly includeFields: IncludeFields,
  ) {}

  /** QIDO-RS, Search for Instances of all studies (PS3.18 section 10.6), study by study, the newest first. */
  @Get('instances')
  ofProvince(
    @Query() parameters: SearchParameters,
    @CallingPerson() caller: PersonPrincipal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.answer(caller, {}, parameters, request, reply);
  }

  /** QIDO-RS, Search for Study's Instances. */
  @Get('studies/:study/instances')
  ofStudy(
    @Param('study', { schema: Uid }) studyUid: string,
    @Query() parameters: SearchParameters,
    @CallingPerson() caller: PersonPrincipal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.answer(caller, { studyUid }, parameters, request, reply);
  }

  /** QIDO-RS, Search for Study's Series' Instances. */
  @Get('studies/:study/series/:series/instances')
  ofSeries(
    @Param('study', { schema: Uid }) studyUid: string,
    @Param('series', { schema: Uid }) seriesUid: string,
    @Query() parameters: SearchParameters,
    @CallingPerson() caller: PersonPrincipal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.answer(caller, { studyUid, seriesUid }, parameters, request, reply);
  }

  private async answer(
    caller: PersonPrincipal,
    of: InstancesOf,
    parameters: SearchParameters,
    request: FastifyRequest,
    reply: FastifyReply,
  ) {
    const asked = searchOf(parameters, 'instance', request);
    const { instances, more } = unwrap(
      await this.findInstances.execute(caller, of, asked.search, dicomWebRoot(request)),
    );
    const { results, incomplete } = await this.includeFields.add(caller, asked.search, 'instance', instances);
    return answerSearch(reply, asked, { results, more, incomplete });
  }
}
