import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Req, UseInterceptors } from '@nestjs/common';
import { Role, Scope } from '@yinglian/contracts';
import {
  baseAddressOf,
  type Endpoint,
  handlingOf,
  ignoredOutcome,
  readSearchParameters,
  readToken,
  SearchForm,
  type SearchParameter,
  SpeakFhir,
  searchProblems,
  searchsetOf,
  searchText,
} from '@yinglian/fhir';
import { Allow, failure, platformProblems, unwrap } from '@yinglian/platform';
import type { FastifyRequest } from 'fastify';
import { dicomWebRoot } from '../find-studies/answer-search.js';
import { endpointResources } from './endpoint-resources.js';

type EndpointTest = (endpoint: Endpoint, code: string | null) => boolean;

export const ENDPOINT_CRITERIA: ReadonlyMap<string, EndpointTest> = new Map([
  ['_id', ({ id }, code) => id === code],
  ['connection-type', ({ connectionType }, code) => connectionType.code === code],
  ['status', ({ status }, code) => status === code],
]);

/** Where images are had. It says nothing of anybody, so that it is not recorded who looked. */
@Controller('fhir/Endpoint')
@UseInterceptors(SpeakFhir)
@Allow({ roles: Role.options, scopes: Scope.options })
export class ShowEndpointsController {
  @Get(':id')
  read(@Param('id') id: string, @Req() request: FastifyRequest) {
    const found = endpointResources(dicomWebRoot(request)).find((endpoint) => endpoint.id === id);
    return found ?? unwrap(failure(platformProblems.NOT_FOUND));
  }

  @Get()
  byAddress(
    @Query({ schema: SearchForm }) query: SearchForm,
    @Headers('prefer') prefer: string | undefined,
    @Req() request: FastifyRequest,
  ) {
    return search(readSearchParameters(query), prefer, request);
  }

  @Post('_search')
  @HttpCode(200)
  byForm(
    @Body({ schema: SearchForm.optional() }) form: SearchForm | undefined,
    @Headers('prefer') prefer: string | undefined,
    @Req() request: FastifyRequest,
  ) {
    return search(readSearchParameters(form ?? {}), prefer, request);
  }
}

function search(given: readonly SearchParameter[], prefer: string | undefined, request: FastifyRequest) {
  const parameters = given.filter(({ name }) => name !== '_format' && name !== '_pretty');
  const understood = parameters.filter(({ name, modifier }) => modifier === null && ENDPOINT_CRITERIA.has(name));
  const ignored = parameters.filter((parameter) => !understood.includes(parameter)).map(({ name }) => name);
  if (ignored.length > 0 && handlingOf(prefer, 'lenient') === 'strict') {
    unwrap(failure(searchProblems.PARAMETER_NOT_SUPPORTED, `${ignored[0]?.slice(0, 64)} is not supported`));
  }
  const base = baseAddressOf(request);
  const found = endpointResources(dicomWebRoot(request)).filter((endpoint) =>
    understood.every(({ name, values }) =>
      values.some((value) => ENDPOINT_CRITERIA.get(name)?.(endpoint, readToken(value).code)),
    ),
  );
  const matches = found.map((resource) => ({
    fullUrl: `${base}/Endpoint/${resource.id}`,
    resource,
    search: { mode: 'match' as const },
  }));
  return searchsetOf({
    entries: [...matches, ...ignoredOutcome(ignored)],
    self: `${base}/Endpoint?${searchText(understood)}`,
    total: found.length,
  });
}
