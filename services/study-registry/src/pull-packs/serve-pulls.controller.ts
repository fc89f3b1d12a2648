import { Body, Controller, Get, HttpCode, Param, Put, Query, Req } from '@nestjs/common';
import { HospitalCode, Sha256 } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, Caller, type Principal, ProblemError } from '@yinglian/platform';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { studyRequestProblems } from '../request-studies/request-studies.errors.js';
import { PULL_FAILURES, PullStore } from '../storage/pull.store.js';
import { ArrivingPacks } from './arriving-packs.js';
import { WantedPacks } from './wanted-packs.js';

const LONGEST_WAIT_MS = 50_000;
const Wait = z.strictObject({
  waitMs: z.coerce.number().int().min(0).max(LONGEST_WAIT_MS).default(0).describe('How long to wait for a pull'),
});
const Outcome = z.strictObject({ outcome: z.enum(PULL_FAILURES) });

/** Gateways ask which packs they are to bring (ADR 0038), and bring them as they bring any other. */
@Controller('api/study-registry')
export class ServePullsController {
  constructor(
    private readonly database: Database,
    private readonly wanted: WantedPacks,
    private readonly arriving: ArrivingPacks,
  ) {}

  /** Packs that somebody waits for, at most 32: at once when there are any, else as soon as there is one, else none after `waitMs`. */
  @Get('hospitals/:hospital/pulls')
  @Allow({ scopes: ['gateway:read'] })
  async toServe(
    @Param('hospital', { schema: HospitalCode }) hospital: string,
    @Query({ schema: Wait }) { waitMs }: z.output<typeof Wait>,
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
  ) {
    if (caller.hospital !== hospital) throw new ProblemError(studyRequestProblems.GATEWAY_OF_ANOTHER_HOSPITAL);
    const pulls = await this.wanted.next(hospital, waitMs, () => request.raw.socket.destroyed);
    return { pulls: pulls.map(({ digest, studyUid }) => ({ digest, studyInstanceUid: studyUid })) };
  }

  /** Why a pack is not brought. Repeating it is free, and so is saying it of what nobody wants. */
  @Put('pulls/:digest/outcome')
  @HttpCode(204)
  @Allow({ scopes: ['packs:write'] })
  async answer(
    @Param('digest', { schema: Sha256 }) digest: string,
    @Body({ schema: Outcome }) { outcome }: z.output<typeof Outcome>,
    @Caller() caller: Principal,
  ): Promise<void> {
    await new PullStore(this.database).fail(digest, caller.hospital ?? '', outcome);
    this.arriving.bell.ring(digest);
  }
}
