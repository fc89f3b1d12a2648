import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { Role } from '@yinglian/contracts';
import { Allow, CallingPerson, type PersonPrincipal, unwrap } from '@yinglian/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SearchParameters } from '../domain/search-keys.js';
import { answerSearch, dicomWebRoot, searchOf } from './answer-search.js';
import { FindStudiesHandler } from './find-studies.handler.js';
import { IncludeFields } from './include-fields.js';
import { studyJson } from './study-json.js';

@Controller('dicom-web/studies')
@Allow({ roles: Role.options })
export class FindStudiesController {
  constructor(
    private readonly findStudies: FindStudiesHandler,
    private readonly includeFields: IncludeFields,
  ) {}

  /** QIDO-RS, Search for Studies (PS3.18 section 10.6), newest first. */
  @Get()
  async find(
    @Query() parameters: SearchParameters,
    @CallingPerson() caller: PersonPrincipal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const asked = searchOf(parameters, 'study', request);
    const { studies, more } = unwrap(await this.findStudies.execute(caller, asked.search));
    const root = dicomWebRoot(request);
    const found = studies.map((study) => ({ study, json: studyJson(study, root) }));
    const { results, incomplete } = await this.includeFields.add(caller, asked.search, 'study', found);
    return answerSearch(reply, asked, { results, more, incomplete });
  }
}
