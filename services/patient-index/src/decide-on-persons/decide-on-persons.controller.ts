import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { LocalPatientKey, PersonId } from '@yinglian/contracts';
import { clean } from '@yinglian/names';
import { Allow, Caller, type Principal, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { staffOf } from '../find-persons/asking-for.js';
import { KeepApartHandler } from './keep-apart.handler.js';
import { MergePersonsHandler } from './merge-persons.handler.js';
import { SplitPersonHandler } from './split-person.handler.js';
import { WithdrawDecisionHandler } from './withdraw-decision.handler.js';

export const DecisionId = z.string().regex(/^\d{1,18}$/);
const Note = z.string().trim().min(1).max(2000).transform(clean);
const Merge = z.strictObject({
  fromPersonId: PersonId,
  intoPersonId: PersonId.describe('Stands for both'),
  note: Note,
});
const Separation = z.strictObject({
  personIds: z.tuple([PersonId, PersonId]).refine(([one, other]) => one !== other, { message: 'needs two persons' }),
  note: Note,
});
const Split = z.strictObject({
  patients: z.array(LocalPatientKey).min(1).max(100).describe('They become a person of their own'),
  note: Note,
});
const Withdrawal = z.strictObject({ note: Note });

/** What stewards decide about persons beyond the conflicts that they were asked about (ADR 0026). */
@Controller('api/patient-index')
export class DecideOnPersonsController {
  constructor(
    private readonly mergePersons: MergePersonsHandler,
    private readonly splitPerson: SplitPersonHandler,
    private readonly keepApart: KeepApartHandler,
    private readonly withdrawDecision: WithdrawDecisionHandler,
  ) {}

  /** Answers the decision; `decisionId` is null when they are one already. 409 PERSONS_KEPT_APART. */
  @Post('merges')
  @HttpCode(200)
  @Allow({ roles: ['steward'] })
  async merge(@Body({ schema: Merge }) asked: z.output<typeof Merge>, @Caller() caller: Principal) {
    return unwrap(await this.mergePersons.execute(asked, staffOf(caller), new Date()));
  }

  /** Answers the decision and the new person. */
  @Post('splits')
  @HttpCode(200)
  @Allow({ roles: ['steward'] })
  async split(@Body({ schema: Split }) asked: z.output<typeof Split>, @Caller() caller: Principal) {
    return unwrap(await this.splitPerson.execute(asked, staffOf(caller), new Date()));
  }

  /** No rule, hospital or program joins them while it stands. 409 PERSONS_ALREADY_ONE. */
  @Post('separations')
  @HttpCode(200)
  @Allow({ roles: ['steward'] })
  async separate(@Body({ schema: Separation }) asked: z.output<typeof Separation>, @Caller() caller: Principal) {
    return unwrap(await this.keepApart.execute(asked, staffOf(caller), new Date()));
  }

  /** Takes any decision back: of a rule, a hospital or a steward. 409 DECISION_ALREADY_WITHDRAWN. */
  @Post('decisions/:decisionId/withdrawal')
  @HttpCode(200)
  @Allow({ roles: ['steward'] })
  async withdraw(
    @Param('decisionId', { schema: DecisionId }) decisionId: string,
    @Body({ schema: Withdrawal }) { note }: z.output<typeof Withdrawal>,
    @Caller() caller: Principal,
  ) {
    return unwrap(await this.withdrawDecision.execute(decisionId, note, staffOf(caller), new Date()));
  }
}
