import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import {
  baseAddressOf,
  readSearchParameters,
  SearchForm,
  type SearchParameter,
  SpeakFhir,
  searchsetOf,
} from '@yinglian/fhir';
import { Allow, Caller, failure, type Principal, unwrap } from '@yinglian/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { consentAuditProblems } from '../consent-audit.errors.js';
import type { Consent } from '../storage/consent.store.js';
import { ConsentBody } from './consent-body.js';
import { consentResource } from './consent-resource.js';
import { consentFhirProblems } from './fhir.errors.js';
import { KeepConsentsHandler } from './keep-consents.handler.js';
import { readConsent } from './read-consent.js';
import { readConsentSearch } from './read-consent-search.js';

const STATUS_ONLY = 'status becomes inactive, of the Consent that the address names';

/** FHIR R4 Consent: read, search by patient, create, and update to inactive. */
@Controller('fhir/Consent')
@UseInterceptors(SpeakFhir)
@Allow({ roles: ['steward', 'patient'], scopes: ['consents:write'] })
export class ConsentsFhirController {
  constructor(private readonly keepConsents: KeepConsentsHandler) {}

  @Get()
  byAddress(
    @Query({ schema: SearchForm }) query: SearchForm,
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
  ) {
    return this.search(readSearchParameters(query), caller, request);
  }

  /** A search by POST keeps who is asked about out of the address. */
  @Post('_search')
  @HttpCode(200)
  byForm(
    @Query({ schema: SearchForm }) query: SearchForm,
    @Body({ schema: SearchForm.optional() }) form: SearchForm | undefined,
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
  ) {
    return this.search([query, form ?? {}].flatMap(readSearchParameters), caller, request);
  }

  @Get(':id')
  async read(@Param('id') id: string, @Caller() caller: Principal, @Res({ passthrough: true }) reply: FastifyReply) {
    return shown(unwrap(await this.keepConsents.read(idOf(id), caller)), reply);
  }

  @Post()
  async create(
    @Body({ schema: ConsentBody }) body: ConsentBody,
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    if (body.status !== 'active')
      return unwrap(failure(consentFhirProblems.CONSENT_NOT_UNDERSTOOD, 'status is active'));
    const made = unwrap(await this.keepConsents.create(unwrap(readConsent(body)), caller, new Date()));
    reply.header('location', `${baseAddressOf(request)}/Consent/${made.consentId}`);
    return shown(made, reply);
  }

  @Put(':id')
  async end(
    @Param('id') id: string,
    @Body({ schema: ConsentBody }) body: ConsentBody,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { statement, desk } = unwrap(readConsent(body));
    const consent = unwrap(await this.keepConsents.read(idOf(id), caller));
    const isSame =
      body.id === consent.consentId &&
      statement.personId === consent.personId &&
      statement.decision === consent.decision;
    if (!isSame || body.status !== 'inactive')
      return unwrap(failure(consentFhirProblems.CONSENT_ONLY_ENDS, STATUS_ONLY));
    return shown(unwrap(await this.keepConsents.end(consent, desk, caller, new Date())), reply);
  }

  private async search(given: readonly SearchParameter[], caller: Principal, request: FastifyRequest) {
    const search = unwrap(readConsentSearch(given));
    const found = unwrap(await this.keepConsents.search(search, caller));
    const base = baseAddressOf(request);
    const state = search.isActive === undefined ? '' : `&status=${search.isActive ? 'active' : 'inactive'}`;
    return searchsetOf({
      entries: found.map((consent) => ({
        fullUrl: `${base}/Consent/${consent.consentId}`,
        resource: consentResource(consent),
        search: { mode: 'match' as const },
      })),
      self: `${base}/Consent?patient=${search.personId}${state}`,
      total: found.length,
    });
  }
}

const idOf = (id: string): string =>
  z.uuid().safeParse(id).data ?? unwrap(failure(consentAuditProblems.CONSENT_NOT_FOUND));

function shown(consent: Consent, reply: FastifyReply) {
  const resource = consentResource(consent);
  reply.header('etag', `W/"${resource.meta?.versionId}"`);
  return resource;
}
