import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, UseInterceptors } from '@nestjs/common';
import { AccessDecisionPoint, actorOf, personGroup } from '@yinglian/access';
import { Role } from '@yinglian/contracts';
import {
  baseAddressOf,
  readSearchParameters,
  SealedPages,
  SearchForm,
  type SearchParameter,
  SpeakFhir,
  searchsetOf,
  searchText,
} from '@yinglian/fhir';
import { Database } from '@yinglian/persistence';
import { Allow, CallingPerson, failure, type PersonPrincipal, unwrap } from '@yinglian/platform';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { consentAuditProblems } from '../consent-audit.errors.js';
import { type AccessRow, accessPage, findAccess } from '../storage/access-page.js';
import { auditEvent } from './audit-event.js';
import { readAuditSearch } from './read-audit-search.js';

/** The log in FHIR, for auditors (IHE ITI-81). Everybody may ask: the search is decided and recorded like any other, refusals too. */
@Controller('fhir/AuditEvent')
@UseInterceptors(SpeakFhir)
@Allow({ roles: Role.options })
export class AuditEventsController {
  constructor(
    private readonly database: Database,
    private readonly access: AccessDecisionPoint,
    private readonly pages: SealedPages,
  ) {}

  @Get(':id')
  async read(@Param('id') id: string, @CallingPerson() caller: PersonPrincipal) {
    const accessId = z.uuid().safeParse(id).data;
    const record = accessId === undefined ? undefined : await findAccess(this.database, accessId);
    await this.decide(caller, { personId: record?.personId ?? null }, ['AuditEvent']);
    return record === undefined ? unwrap(failure(consentAuditProblems.RECORD_NOT_FOUND)) : auditEvent(record);
  }

  @Get()
  byAddress(
    @Query({ schema: SearchForm }) query: SearchForm,
    @CallingPerson() caller: PersonPrincipal,
    @Req() request: FastifyRequest,
  ) {
    return this.search(readSearchParameters(query), caller, request);
  }

  /** Keeps what is searched by out of addresses. */
  @Post('_search')
  @HttpCode(200)
  byForm(
    @Query({ schema: SearchForm }) query: SearchForm,
    @Body({ schema: SearchForm.optional() }) form: SearchForm | undefined,
    @CallingPerson() caller: PersonPrincipal,
    @Req() request: FastifyRequest,
  ) {
    return this.search([query, form ?? {}].flatMap(readSearchParameters), caller, request);
  }

  private async search(given: readonly SearchParameter[], caller: PersonPrincipal, request: FastifyRequest) {
    const parameters = unwrap(await this.pages.read(given, '_cursor'));
    const { filter, cursor } = unwrap(readAuditSearch(parameters, new Date()));
    const { personId, ...others } = filter;
    const understood = parameters.filter(({ name }) => name !== '_cursor');
    const about = { personId: personId ?? null, studyInstanceUid: filter.studyInstanceUid ?? null };
    await this.decide(caller, about, ['AuditEvent', ...understood.map(({ name }) => name)]);
    const personIds = personId === undefined ? undefined : await personGroup(this.database, personId);
    const found = await accessPage(this.database, { ...others, personIds, after: cursor });
    const base = `${baseAddressOf(request)}/AuditEvent`;
    const last = found.length === filter.limit ? found.at(-1) : undefined;
    return searchsetOf({
      entries: found.map((record) => ({
        fullUrl: `${base}/${record.accessId}`,
        resource: auditEvent(record),
        search: { mode: 'match' as const },
      })),
      self: `${base}?${searchText(understood)}`,
      next: last === undefined ? undefined : `${base}?_page=${await this.pageAfter(understood, last)}`,
    });
  }

  private pageAfter(understood: readonly SearchParameter[], { at, position }: AccessRow): Promise<string> {
    const cursor = { name: '_cursor', modifier: null, values: [`${at.toISOString()}_${position}`] };
    return this.pages.seal([...understood, cursor]);
  }

  private async decide(
    caller: PersonPrincipal,
    about: { personId: string | null; studyInstanceUid?: string | null },
    query: readonly string[],
  ): Promise<void> {
    const asked = { studyInstanceUid: null, ...about, ownerHospital: null };
    unwrap(await this.access.authorize({ actor: actorOf(caller), action: 'audit.search', ...asked }, { query }));
  }
}
