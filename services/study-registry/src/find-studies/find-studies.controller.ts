import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { Role } from '@yinglian/contracts';
import { Allow, CallingPerson, type PersonPrincipal, unwrap } from '@yinglian/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SearchParameters } from '../domain/search-keys.js';
import { answerSearch, dicomWebRoot, searchOf } from './answer-search.js';
import { FindStudiesHandler } from './find-studies.handler.js';
import { studyJson } from './study-json.js';
import { STUDY_KEYS } from './study-query.js';

@Controller('dicom-web/studies')
@Allow({ roles: Role.options })
export class FindStudiesController {
  constructor(private readonly findStudies: FindStudiesHandler) {}

  /** QIDO-RS, Search for Studies (PS3.18 section 10.6), newest first. */
  @Get()
  async find(
    @Query() parameters: SearchParameters,
    @CallingPerson() caller: PersonPrincipal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const search = searchOf(parameters, STUDY_KEYS);
    const { studies, more } = unwrap(await this.findStudies.execute(caller, search));
    const root = dicomWebRoot(request);
    return answerSearch(
      reply,
      studies.map((study) => studyJson(study, root)),
      search,
      more,
    );
  }
}
