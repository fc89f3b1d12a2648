import { Readable } from 'node:stream';
import { Controller, Headers, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { Uid } from '@yinglian/contracts';
import { Allow, Caller, failure, isPerson, type Principal, type Result, success, unwrap } from '@yinglian/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type GatewayConfig } from '../gateway.config.js';
import { gatewayProblems } from '../gateway.errors.js';
import { GATEWAY_CONFIG } from '../gateway.tokens.js';
import { stowAnswer } from './stow-answer.js';
import { StowInstancesHandler } from './stow-instances.handler.js';

/** STOW-RS (PS3.18 section 10.5): for staff and programs of the gateway's own hospital, and for administrators. */
@Controller('dicom-web/studies')
@Allow({ roles: ['clinician', 'administrator'], scopes: ['stow:write'] })
export class StowInstancesController {
  constructor(
    private readonly stowInstances: StowInstancesHandler,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
  ) {}

  @Post()
  store(
    @Req() request: FastifyRequest,
    @Headers() headers: Record<string, string | undefined>,
    @Caller() caller: Principal,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answer(request, headers, caller, undefined, reply);
  }

  @Post(':study')
  storeInStudy(
    @Param('study') study: string,
    @Req() request: FastifyRequest,
    @Headers() headers: Record<string, string | undefined>,
    @Caller() caller: Principal,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answer(request, headers, caller, study, reply);
  }

  private async answer(
    { body }: FastifyRequest,
    headers: Record<string, string | undefined>,
    caller: Principal,
    study: string | undefined,
    reply: FastifyReply,
  ): Promise<void> {
    unwrap(mayStore(caller, this.config.HOSPITAL));
    unwrap(isAcceptable(headers.accept));
    const boundary = unwrap(boundaryOf(headers['content-type'] ?? ''));
    const studyInstanceUid = study === undefined ? undefined : unwrap(uidOf(study));
    if (!(body instanceof Readable)) return unwrap(failure(gatewayProblems.STOW_NOT_MULTIPART));
    const received = await this.stowInstances.execute({ boundary, body, studyInstanceUid });
    const outcomes = unwrap(received);
    const { status, dataSet } = stowAnswer(outcomes, new URL('/dicom-web', this.config.PROVINCE_URL).href);
    // As bytes: to text a character set would be added, which clients do not expect of this type.
    await reply
      .status(status)
      .header('content-type', 'application/dicom+json')
      .send(Buffer.from(JSON.stringify(dataSet)));
  }
}

function mayStore(caller: Principal, hospital: string): Result<void> {
  const isAdministrator = isPerson(caller) && caller.roles.includes('administrator');
  return isAdministrator || caller.hospital === hospital
    ? success(undefined)
    : failure(gatewayProblems.STOW_AT_ANOTHER_HOSPITAL);
}

const isAcceptable = (accept = '*/*'): Result<void> =>
  /\*\/\*|application\/(\*|json|dicom\+json)/i.test(accept)
    ? success(undefined)
    : failure(gatewayProblems.STOW_NOT_ACCEPTABLE);

const uidOf = (study: string): Result<string> =>
  Uid.safeParse(study).success ? success(study) : failure(gatewayProblems.STOW_STUDY_UID_INVALID);

/** RFC 2387: `multipart/related; type="application/dicom"; boundary=…`. A missing type is taken for the right one. */
function boundaryOf(contentType: string): Result<string> {
  const parameter = (name: string) => {
    const found = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^;\\s]*))`, 'i').exec(contentType);
    return found?.[1] ?? found?.[2];
  };
  const boundary = parameter('boundary');
  const type = parameter('type') ?? 'application/dicom';
  if (!/^multipart\/related\s*(;|$)/i.test(contentType) || type.toLowerCase() !== 'application/dicom') {
    return failure(gatewayProblems.STOW_NOT_MULTIPART);
  }
  return boundary === undefined || boundary === '' || boundary.length > 200
    ? failure(gatewayProblems.STOW_MULTIPART_BROKEN, 'The boundary is missing')
    : success(boundary);
}
