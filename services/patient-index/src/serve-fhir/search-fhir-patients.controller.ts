import { Body, Controller, Get, Headers, HttpCode, Post, Query, Req, UseInterceptors } from '@nestjs/common';
import { AccessDecisionPoint, anyActorOf } from '@yinglian/access';
import { PersonId } from '@yinglian/contracts';
import {
  baseAddressOf,
  handlingOf,
  ignoredOutcome,
  readSearchParameters,
  SealedPages,
  SearchForm,
  type SearchParameter,
  SpeakFhir,
  searchsetOf,
  searchText,
} from '@yinglian/fhir';
import { Allow, Caller, type Principal, unwrap } from '@yinglian/platform';
import type { FastifyRequest } from 'fastify';
import { FindPatientsHandler } from './find-patients.handler.js';
import { readPatientSearch } from './patient-search.js';

/** Patient Demographics Query for Mobile (ITI-78). A search by POST keeps what is searched by out of addresses. */
@Controller('fhir/Patient')
@UseInterceptors(SpeakFhir)
@Allow({ roles: ['clinician', 'steward'], scopes: ['persons:read'] })
export class SearchFhirPatientsController {
  constructor(
    private readonly access: AccessDecisionPoint,
    private readonly findPatients: FindPatientsHandler,
    private readonly pages: SealedPages,
  ) {}

  @Get()
  byAddress(
    @Query({ schema: SearchForm }) query: SearchForm,
    @Headers('prefer') prefer: string | undefined,
    @Caller() caller: Principal,
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
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
  ) {
    return this.search([query, form ?? {}].flatMap(readSearchParameters), prefer, caller, request);
  }

  private async search(
    given: readonly SearchParameter[],
    prefer: string | undefined,
    caller: Principal,
    request: FastifyRequest,
  ) {
    const parameters = unwrap(await this.pages.read(given, '_cursor'));
    // To leave out a criterion shows other people than those asked for.
    const search = unwrap(readPatientSearch(parameters, handlingOf(prefer, 'strict')));
    const { query, ignored } = search;
    const actor = anyActorOf(caller);
    const personId = onlyPersonIn(search.ids);
    const asked = { actor, action: 'person.search', personId, studyInstanceUid: null, ownerHospital: null } as const;
    unwrap(await this.access.authorize(asked, { query }));
    const found = unwrap(await this.findPatients.execute(search, new Date()));
    const base = baseAddressOf(request);
    const understood = parameters.filter(({ name }) => !ignored.includes(name) && name !== '_cursor');
    const entries = found.patients.map((resource) => ({
      fullUrl: `${base}/Patient/${resource.id}`,
      resource,
      search: { mode: 'match' as const },
    }));
    return searchsetOf({
      entries: [...entries, ...ignoredOutcome(ignored)],
      self: `${base}/Patient?${searchText(understood)}`,
      next: found.next === null ? undefined : `${base}/Patient?_page=${await this.pageAt(understood, found.next)}`,
      total: found.isWhole && search.cursor === null ? entries.length : undefined,
    });
  }

  private pageAt(parameters: readonly SearchParameter[], cursor: string): Promise<string> {
    return this.pages.seal([...parameters, { name: '_cursor', modifier: null, values: [cursor] }]);
  }
}

const onlyPersonIn = (ids: readonly string[] | null): string | null =>
  ids?.length === 1 ? (PersonId.safeParse(ids[0]).data ?? null) : null;
