import { Controller, Get, Headers, Options, Query, Req, Res } from '@nestjs/common';
import { AllowEveryone, ProblemError, platformProblems } from '@yinglian/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { choose, readAccept } from '../domain/accept.js';
import { dicomWebRoot } from '../find-studies/answer-search.js';
import { AcceptParameter } from '../retrieve-instances/accept-parameter.js';
import { capabilities } from './capabilities.js';
import { wadlOf } from './wadl.js';

const WADL = 'application/vnd.sun.wadl+xml';
const JSON_TYPE = 'application/json';
const OFFERS = [WADL, JSON_TYPE].map((type) => ({ type, multipart: false }));

/** Nest takes the slash at the end of an address away, unless something may follow it. */
const BELOW = ['', '*'];

/** What this service can do is known to everybody who may have to learn how to sign in. */
@Controller('dicom-web')
@AllowEveryone()
export class RetrieveCapabilitiesController {
  /** Retrieve Capabilities (PS3.18 section 8.9), as WADL or as the same in JSON; of the whole service at every address. */
  @Options(BELOW)
  describe(
    @Query('accept', { schema: AcceptParameter }) parameter: AcceptParameter,
    @Headers('accept') header: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const offer = choose(readAccept(header, parameter), OFFERS);
    if (offer === undefined) throw new ProblemError(platformProblems.NOT_ACCEPTABLE);
    const base = dicomWebRoot(request);
    void reply.headers({ allow: 'OPTIONS, GET, HEAD, POST', vary: 'accept' }).type(offer.type);
    return Buffer.from(
      offer.type === WADL ? wadlOf(base, capabilities) : JSON.stringify({ base, resources: capabilities }),
    );
  }

  /** The same for who cannot send OPTIONS, a browser for instance; at the base address alone. */
  @Get(BELOW)
  show(
    @Query('accept', { schema: AcceptParameter }) parameter: AcceptParameter,
    @Headers('accept') header: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    if (!/^\/dicom-web\/?$/.test(request.url.split('?')[0] ?? '')) throw new ProblemError(platformProblems.NOT_FOUND);
    return this.describe(parameter, header, request, reply);
  }
}
