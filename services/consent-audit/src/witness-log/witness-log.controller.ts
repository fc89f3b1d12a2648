import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { Role } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, Caller, failure, isService, type Principal, platformProblems, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { WitnessStore } from '../storage/witness.store.js';
import { CosignHandler } from './cosign.handler.js';

const Cosignature = z.strictObject({
  size: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER).describe('Records of the checkpoint that was signed'),
  verifierKey: z.string().max(500).describe('Of the gateway, named `<log>/witness/<hospital>` (C2SP tlog-cosignature)'),
  cosignature: z
    .string()
    .max(500)
    .regex(/^— \S+ [A-Za-z0-9+/]+={0,2}$/)
    .describe('The line that is to stand under the checkpoint'),
});

/** Hospitals sign what they saw of the log (ADR 0065), and everybody sees which do. */
@Controller('api/consent-audit/log')
export class WitnessLogController {
  constructor(
    private readonly database: Database,
    private readonly cosign: CosignHandler,
  ) {}

  /** A gateway signs a checkpoint that agrees with all that it saw before. 404 LOG_NOT_SEALED; 422 COSIGNATURE_REFUSED. */
  @Post('cosignatures')
  @HttpCode(204)
  @Allow({ scopes: ['gateway:read'] })
  async add(@Body({ schema: Cosignature }) cosigned: z.output<typeof Cosignature>, @Caller() caller: Principal) {
    if (!isService(caller)) return unwrap(failure(platformProblems.ROLE_NOT_ALLOWED));
    return unwrap(await this.cosign.execute(cosigned, caller, new Date()));
  }

  /** By hospital: its key, and what it signed last. */
  @Get('witnesses')
  @Allow({ roles: Role.options })
  async list() {
    return { witnesses: await new WitnessStore(this.database).witnesses() };
  }
}
