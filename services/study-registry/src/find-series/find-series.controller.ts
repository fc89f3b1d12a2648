import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { Role, Uid } from '@yinglian/contracts';
import { Allow, CallingPerson, type PersonPrincipal, unwrap } from '@yinglian/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SearchParameters } from '../domain/search-keys.js';
import { answerSearch, dicomWebRoot, searchOf } from '../find-studies/answer-search.js';
import { IncludeFields } from '../find-studies/include-fields.js';
import { FindSeriesHandler } from './find-series.handler.js';

@Controller('dicom-web')
@Allow({ roles: Role.options })
export class FindSeriesController {
  constructor(
    private readonly findSeries: FindSeriesHandler,
    private readonly includeFields: IncludeFields,
  ) {}

  /** QIDO-RS, Search for Series of all studies (PS3.18 section 10.6), study by study, the newest first. */
  @Get('series')
  ofProvince(
    @Query() parameters: SearchParameters,
    @CallingPerson() caller: PersonPrincipal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.answer(caller, undefined, parameters, request, reply);
  }

  /** QIDO-RS, Search for Study's Series, by series number. */
  @Get('studies/:study/series')
  ofStudy(
    @Param('study', { schema: Uid }) studyUid: string,
    @Query() parameters: SearchParameters,
    @CallingPerson() caller: PersonPrincipal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.answer(caller, studyUid, parameters, request, reply);
  }

  private async answer(
    caller: PersonPrincipal,
    studyUid: string | undefined,
    parameters: SearchParameters,
    request: FastifyRequest,
    reply: FastifyReply,
  ) {
    const asked = searchOf(parameters, 'series', request);
    const { series, more } = unwrap(
      await this.findSeries.execute(caller, studyUid, asked.search, dicomWebRoot(request)),
    );
    const { results, incomplete } = await this.includeFields.add(caller, asked.search, 'series', series);
    return answerSearch(reply, asked, { results, more, incomplete });
  }
}
