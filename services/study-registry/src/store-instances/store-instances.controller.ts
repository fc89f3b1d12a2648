import { Readable } from 'node:stream';
import { Controller, Headers, Param, Post, Req, Res } from '@nestjs/common';
import { readStowHead, stowAnswer, stowAnswerBody, stowProblems } from '@yinglian/dicom';
import { Allow, Caller, failure, type Principal, unwrap } from '@yinglian/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { dicomWebRoot } from '../find-studies/answer-search.js';
import { registryProblems } from '../study-registry.errors.js';
import { StoreInstancesHandler } from './store-instances.handler.js';

const TOO_LONG = 413;

/** STOW-RS (PS3.18 section 10.5), for programs of a member hospital: what they store is that hospital's. */
@Controller('dicom-web/studies')
@Allow({ scopes: ['stow:write'] })
export class StoreInstancesController {
  constructor(private readonly storeInstances: StoreInstancesHandler) {}

  @Post(['', ':studyUid'])
  async store(
    @Req() request: FastifyRequest,
    @Headers() headers: Record<string, string | undefined>,
    @Caller() { hospital }: Principal,
    @Param('studyUid') study: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (hospital === null) return unwrap(failure(registryProblems.GATEWAY_WITHOUT_HOSPITAL));
    const { answerType, ...head } = unwrap(
      readStowHead(headers, study, ['application/dicom', 'application/dicom+json', 'application/dicom+xml']),
    );
    const { body } = request;
    if (!(body instanceof Readable)) return unwrap(failure(stowProblems.STOW_NOT_MULTIPART));
    const { outcomes, isTooLong } = unwrap(await this.storeInstances.execute({ ...head, body, hospital }));
    const { status, dataSet } = stowAnswer(outcomes, dicomWebRoot(request));
    await reply
      .status(isTooLong ? TOO_LONG : status)
      .header('content-type', answerType)
      .header('cache-control', 'no-store')
      .send(stowAnswerBody(dataSet, answerType));
  }
}
