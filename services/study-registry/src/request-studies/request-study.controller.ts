import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { HospitalCode, Uid } from '@yinglian/contracts';
import { Allow, CallingPerson, type PersonPrincipal, unwrap } from '@yinglian/platform';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { RequestStudyHandler, type ShownRequest } from './request-study.handler.js';

const Wanted = z
  .strictObject({
    hospital: HospitalCode,
    studyInstanceUid: Uid.optional(),
    accessionNumber: z.string().trim().min(1).max(64).optional(),
  })
  .refine(
    ({ studyInstanceUid, accessionNumber }) => (studyInstanceUid === undefined) !== (accessionNumber === undefined),
    {
      message: 'A study is named by its UID or its accession number',
    },
  );

const Listed = z.strictObject({ hospital: HospitalCode.optional() });

/** A study that is missing in the province is asked for at the hospital that made it. */
@Controller('api/study-registry/study-requests')
@Allow({ roles: ['clinician', 'administrator'] })
export class RequestStudyController {
  constructor(private readonly requestStudy: RequestStudyHandler) {}

  /** 201 with the request, 200 with the one that is open already. */
  @Post()
  async request(
    @Body({ schema: Wanted }) wanted: z.output<typeof Wanted>,
    @CallingPerson() caller: PersonPrincipal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { hospital, studyInstanceUid = null, accessionNumber = null } = wanted;
    const { isNew, request } = unwrap(
      await this.requestStudy.execute({ hospital, studyInstanceUid, accessionNumber }, caller),
    );
    reply.status(isNew ? 201 : 200);
    return requestJson(request);
  }

  /** The caller's own, newest first; for administrators all of the hospital that they name. */
  @Get()
  async list(
    @Query({ schema: Listed }) { hospital }: z.output<typeof Listed>,
    @CallingPerson() caller: PersonPrincipal,
  ) {
    return { requests: (await this.requestStudy.list(caller, hospital ?? null)).map(requestJson) };
  }

  @Get(':requestId')
  async show(@Param('requestId', { schema: z.uuid() }) requestId: string, @CallingPerson() caller: PersonPrincipal) {
    return requestJson(unwrap(await this.requestStudy.show(requestId, caller)));
  }
}

const requestJson = ({ requestedBy: _, ...request }: ShownRequest) => request;
