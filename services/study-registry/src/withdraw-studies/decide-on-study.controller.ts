import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { Uid, WithdrawalReason } from '@yinglian/contracts';
import { Allow, CallingPerson, type PersonPrincipal, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { DecideOnStudyHandler } from './decide-on-study.handler.js';
import { ShowDecisionsHandler } from './show-decisions.handler.js';

const note = z.string().trim().min(1).max(2000);
const target = { seriesInstanceUid: Uid.nullable().default(null), sopInstanceUid: Uid.nullable().default(null) };
const Decision = z
  .discriminatedUnion('decision', [
    z.strictObject({ decision: z.literal('withdraw'), ...target, reason: WithdrawalReason, note }),
    z.strictObject({ decision: z.literal('restore'), ...target, note }),
    z.strictObject({ decision: z.literal('hold'), note }),
    z.strictObject({ decision: z.literal('release'), note }),
  ])
  .refine(
    (asked) => !('sopInstanceUid' in asked) || asked.sopInstanceUid === null || asked.seriesInstanceUid !== null,
    'An instance is named with its series',
  );

/** For stewards: of the hospital that made the study, or of the commission. */
@Controller('api/study-registry/studies/:studyUid/decisions')
@Allow({ roles: ['steward'] })
export class DecideOnStudyController {
  constructor(
    private readonly decideOnStudy: DecideOnStudyHandler,
    private readonly showDecisions: ShowDecisionsHandler,
  ) {}

  /**
   * Withdraws the study, or the series or instance that is named, with a reason (DCM: 113001 quality, 113037 patient safety, 113038
   * worklist entry, 113039 retention); restores it; lays a legal hold on the study or releases it. 409 when it is so already.
   */
  @Post()
  @HttpCode(200)
  async decide(
    @Param('studyUid', { schema: Uid }) studyInstanceUid: string,
    @Body({ schema: Decision }) { decision, note, ...asked }: z.output<typeof Decision>,
    @CallingPerson() caller: PersonPrincipal,
  ) {
    const about = { seriesInstanceUid: null, sopInstanceUid: null, reason: null, ...asked };
    return unwrap(await this.decideOnStudy.execute({ studyInstanceUid, decision, note, ...about }, caller));
  }

  /** What holds of the study now, and every decision about it, oldest first. */
  @Get()
  async show(@Param('studyUid', { schema: Uid }) studyInstanceUid: string, @CallingPerson() caller: PersonPrincipal) {
    return unwrap(await this.showDecisions.ofStudy(studyInstanceUid, caller));
  }
}
