import { Body, Controller, Get, Headers, HttpCode, Post, Query, Req, UseInterceptors } from '@nestjs/common';
import { Role } from '@yinglian/contracts';
import {
  type BundleEntry,
  baseAddressOf,
  type Endpoint,
  handlingOf,
  type ImagingStudy,
  ignoredOutcome,
  readSearchParameters,
  SealedPages,
  SearchForm,
  type SearchParameter,
  SpeakFhir,
  searchsetOf,
  searchText,
} from '@yinglian/fhir';
import { Allow, CallingPerson, type PersonPrincipal, unwrap } from '@yinglian/platform';
import type { FastifyRequest } from 'fastify';
import { dicomWebRoot } from '../find-studies/answer-search.js';
import { DescribeStudies } from './describe-studies.js';
import { endpointResources, WADO_ENDPOINT } from './endpoint-resources.js';
import { ExchangeSettings } from './exchange-settings.js';
import { FindImagingStudiesHandler } from './find-imaging-studies.handler.js';
import type { ImagingSearch } from './imaging-search.js';
import { readImagingSearch } from './read-imaging-search.js';

/** A search by POST keeps what is searched by out of addresses. */
@Controller('fhir/ImagingStudy')
@UseInterceptors(SpeakFhir)
@Allow({ roles: Role.options })
export class SearchImagingStudiesController {
  constructor(
    private readonly findImagingStudies: FindImagingStudiesHandler,
    private readonly describeStudies: DescribeStudies,
    private readonly pages: SealedPages,
    private readonly settings: ExchangeSettings,
  ) {}

  @Get()
  byAddress(
    @Query({ schema: SearchForm }) query: SearchForm,
    @Headers('prefer') prefer: string | undefined,
    @CallingPerson() caller: PersonPrincipal,
    @Req() request: FastifyRequest,
  ) {
    return this.search(readSearchParameters(query), prefer, caller, request);
  }

  @Post('_search')
  @HttpCode(200)
  byForm(
    @Query({ schema: SearchForm }) query: SearchForm,
    @Body({ schema: SearchForm.optional() }) form: SearchForm | undefined,
    @Headers('prefer') prefer: string | undefined,
    @CallingPerson() caller: PersonPrincipal,
    @Req() request: FastifyRequest,
  ) {
    return this.search([query, form ?? {}].flatMap(readSearchParameters), prefer, caller, request);
  }

  private async search(
    given: readonly SearchParameter[],
    prefer: string | undefined,
    caller: PersonPrincipal,
    request: FastifyRequest,
  ) {
    const parameters = unwrap(await this.pages.read(given, '_offset'));
    const base = baseAddressOf(request);
    const context = { base, utcOffset: this.settings.utcOffset, now: new Date() };
    const search = unwrap(readImagingSearch(parameters, handlingOf(prefer, 'lenient'), context));
    const found = unwrap(await this.findImagingStudies.execute(caller, search));
    const understood = parameters.filter(({ name }) => !search.ignored.includes(name) && name !== '_offset');
    const isCount = search.summary === 'count';
    const studies = isCount ? [] : await this.describeStudies.describe(found.studies, search.summary === 'no');
    return searchsetOf({
      entries: [...entriesOf(studies, search, base, dicomWebRoot(request)), ...ignoredOutcome(search.ignored)],
      self: `${base}/ImagingStudy?${searchText(understood)}`,
      next:
        found.next === null || isCount
          ? undefined
          : `${base}/ImagingStudy?_page=${await this.pageAt(understood, found.next)}`,
      total: found.total ?? undefined,
    });
  }

  private pageAt(parameters: readonly SearchParameter[], offset: number): Promise<string> {
    return this.pages.seal([...parameters, { name: '_offset', modifier: null, values: [String(offset)] }]);
  }
}

function entriesOf(
  studies: readonly ImagingStudy[],
  { includesEndpoints }: ImagingSearch,
  base: string,
  root: string,
): BundleEntry<ImagingStudy | Endpoint>[] {
  const endpoints = includesEndpoints && studies.length > 0 ? endpointResources(root) : [];
  const included = endpoints.filter(({ id }) => id === WADO_ENDPOINT);
  return [
    ...studies.map((resource) => ({
      fullUrl: `${base}/ImagingStudy/${resource.id}`,
      resource,
      search: { mode: 'match' as const },
    })),
    ...included.map((resource) => ({
      fullUrl: `${base}/Endpoint/${resource.id}`,
      resource,
      search: { mode: 'include' as const },
    })),
  ];
}
