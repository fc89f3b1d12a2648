import { Body, Controller, Get, HttpCode, Param, Put } from '@nestjs/common';
import { HospitalCode, Sha256 } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, Caller, type Principal, ProblemError } from '@yinglian/platform';
import { z } from 'zod';
import { studyRequestProblems } from '../request-studies/request-studies.errors.js';
import { PulledPackStore } from '../storage/pulled-pack.store.js';
import { PacksToRelease } from './packs-to-release.js';

const ASKED_AT_ONCE = 32;
const Answer = z.strictObject({
  isKept: z.boolean().describe('Whether the gateway has all of it, and it stays there'),
});

/** Gateways ask which packs the province would let go (ADR 0046), and say of each whether they have it. */
@Controller('api/study-registry')
export class AskGatewaysController {
  constructor(
    private readonly database: Database,
    private readonly toRelease: PacksToRelease,
  ) {}

  /** Packs that came from there and were not read for long, at most 32; those read longest ago first. */
  @Get('hospitals/:hospital/packs-to-release')
  @Allow({ scopes: ['gateway:read'] })
  async toAsk(@Param('hospital', { schema: HospitalCode }) hospital: string, @Caller() caller: Principal) {
    if (caller.hospital !== hospital) throw new ProblemError(studyRequestProblems.GATEWAY_OF_ANOTHER_HOSPITAL);
    const readUntil = await this.toRelease.readUntil();
    if (readUntil === undefined) return { packs: [] };
    return { packs: await new PulledPackStore(this.database).toAsk(hospital, readUntil, ASKED_AT_ONCE) };
  }

  /** Repeating it is free. A pack that its hospital lacks stays here for good. */
  @Put('packs/:digest/kept')
  @HttpCode(204)
  @Allow({ scopes: ['packs:write'] })
  async answer(
    @Param('digest', { schema: Sha256 }) digest: string,
    @Body({ schema: Answer }) { isKept }: z.output<typeof Answer>,
    @Caller() caller: Principal,
  ): Promise<void> {
    const pulled = new PulledPackStore(this.database);
    const hospital = caller.hospital ?? '';
    if (isKept) await pulled.kept(digest, hospital);
    else await pulled.stays(digest, hospital);
  }
}
