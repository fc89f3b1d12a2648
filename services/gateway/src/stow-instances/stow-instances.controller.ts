import { Readable } from 'node:stream';
import { Controller, Headers, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { readStowHead, stowAnswer, stowAnswerBody, stowProblems } from '@yinglian/dicom';
import { Allow, Caller, failure, isPerson, type Principal, type Result, success, unwrap } from '@yinglian/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type GatewayConfig } from '../gateway.config.js';
import { gatewayProblems } from '../gateway.errors.js';
import { GATEWAY_CONFIG } from '../gateway.tokens.js';
import { StowInstancesHandler } from './stow-instances.handler.js';

/** STOW-RS (PS3.18 section 10.5): for staff and programs of the gateway's own hospital, and for administrators. */
@Controller('dicom-web/studies')
@Allow({ roles: ['clinician', 'administrator'], scopes: ['stow:write'] })
export class StowInstancesController {
  constructor(
    private readonly stowInstances: StowInstancesHandler,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
  ) {}

  @Post(['', ':study'])
  async store(
    @Req() { body }: FastifyRequest,
    @Headers() headers: Record<string, string | undefined>,
    @Caller() caller: Principal,
    @Param('study') study: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    unwrap(mayStore(caller, this.config.HOSPITAL));
    const { answerType, ...head } = unwrap(readStowHead(headers, study));
    if (!(body instanceof Readable)) return unwrap(failure(stowProblems.STOW_NOT_MULTIPART));
    const outcomes = unwrap(await this.stowInstances.execute({ ...head, body }));
    const { status, dataSet } = stowAnswer(outcomes, new URL('/dicom-web', this.config.PROVINCE_URL).href);
    await reply.status(status).header('content-type', answerType).send(stowAnswerBody(dataSet, answerType));
  }
}

function mayStore(caller: Principal, hospital: string): Result<void> {
  const isAdministrator = isPerson(caller) && caller.roles.includes('administrator');
  return isAdministrator || caller.hospital === hospital
    ? success(undefined)
    : failure(gatewayProblems.STOW_AT_ANOTHER_HOSPITAL);
}
