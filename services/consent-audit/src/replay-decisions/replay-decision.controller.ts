import { Controller, Get, Param } from '@nestjs/common';
import { AccessDecisionPoint, actorOf } from '@yinglian/access';
import { Role } from '@yinglian/contracts';
import { Allow, CallingPerson, type PersonPrincipal, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { ReplayDecisionHandler } from './replay-decision.handler.js';

/** For auditors. Everybody may ask: it is decided and recorded, refusals too. */
@Controller('api/consent-audit/accesses')
export class ReplayDecisionController {
  constructor(
    private readonly access: AccessDecisionPoint,
    private readonly replayDecision: ReplayDecisionHandler,
  ) {}

  /** What an access was decided by, and the same question asked again of the policies of that time. */
  @Get(':accessId/replay')
  @Allow({ roles: Role.options })
  async replay(@Param('accessId', { schema: z.uuid() }) accessId: string, @CallingPerson() caller: PersonPrincipal) {
    const about = { personId: null, studyInstanceUid: null, ownerHospital: null };
    const query = ['replay'];
    unwrap(await this.access.authorize({ actor: actorOf(caller), action: 'audit.search', ...about }, { query }));
    return unwrap(await this.replayDecision.execute(accessId));
  }
}
