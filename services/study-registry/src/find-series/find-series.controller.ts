import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { Role, Uid } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, CallingPerson, type PersonPrincipal, unwrap } from '@yinglian/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { matchesKeys } from '../domain/match-keys.js';
import type { SearchParameters } from '../domain/search-keys.js';
import { answerSearch, dicomWebRoot, searchOf } from '../find-studies/answer-search.js';
import { OpenStudyHandler } from '../open-study/open-study.handler.js';
import { SeriesStore } from '../storage/series.store.js';
import { SERIES_KEYS, seriesJson } from './series-json.js';

@Controller('dicom-web/studies')
@Allow({ roles: Role.options })
export class FindSeriesController {
  constructor(
    private readonly openStudy: OpenStudyHandler,
    private readonly database: Database,
  ) {}

  /** QIDO-RS, Search for Study's Series (PS3.18 section 10.6), by series number. */
  @Get(':study/series')
  async find(
    @Param('study', { schema: Uid }) studyUid: string,
    @Query() parameters: SearchParameters,
    @CallingPerson() caller: PersonPrincipal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const search = searchOf(parameters, SERIES_KEYS);
    unwrap(await this.openStudy.find(caller, studyUid, [...search.keys.keys()]));
    const root = dicomWebRoot(request);
    const series = await new SeriesStore(this.database).of(studyUid);
    const found = series.map((row) => seriesJson(row, root)).filter((json) => matchesKeys(json, search.keys));
    const end = search.offset + search.limit;
    return answerSearch(reply, found.slice(search.offset, end), search, found.length > end);
  }
}
