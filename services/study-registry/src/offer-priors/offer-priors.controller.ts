import { Body, Controller, HttpCode, Param, Post, Put } from '@nestjs/common';
import { HospitalCode } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, Caller, type Principal, ProblemError, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { studyRequestProblems } from '../request-studies/request-studies.errors.js';
import { PRIOR_OUTCOMES, PriorOfferStore } from '../storage/prior-offer.store.js';
import { OfferPriorsHandler } from './offer-priors.handler.js';
import { ownOffer } from './own-offer.js';

const Wishes = z.strictObject({
  years: z.number().int().min(1).max(30),
  maximumStudies: z.number().int().min(1).max(50),
  modalities: z.array(z.string().regex(/^[A-Z0-9_]{1,16}$/)).max(32),
});
const Outcome = z.strictObject({ outcome: z.enum(PRIOR_OUTCOMES), reason: z.string().max(200).default('') });

/** A hospital's gateway asks which priors of its visitors it may have (ADR 0009, ADR 0019). */
@Controller('api/study-registry')
@Allow({ scopes: ['priors:read'] })
export class OfferPriorsController {
  constructor(
    private readonly offerPriors: OfferPriorsHandler,
    private readonly database: Database,
  ) {}

  /** The open offers, at most 20: the nearest to what was ordered first, then the oldest. */
  @Post('hospitals/:hospital/prior-offers')
  @HttpCode(200)
  async offer(
    @Param('hospital', { schema: HospitalCode }) hospital: string,
    @Body({ schema: Wishes }) wishes: z.output<typeof Wishes>,
    @Caller() caller: Principal,
  ) {
    if (caller.hospital !== hospital) throw new ProblemError(studyRequestProblems.GATEWAY_OF_ANOTHER_HOSPITAL);
    const offers = await this.offerPriors.execute(hospital, wishes, new Date());
    return {
      offers: offers.map(({ offerId, studyInstanceUid, ownerHospital, patientIssuer, patientId }) => ({
        offerId,
        studyInstanceUid,
        ownerHospital,
        patient: { issuer: patientIssuer, id: patientId },
      })),
    };
  }

  /** Repeating it is free; the first answer stays. */
  @Put('prior-offers/:offerId/outcome')
  @HttpCode(204)
  async answer(
    @Param('offerId', { schema: z.uuid() }) offerId: string,
    @Body({ schema: Outcome }) { outcome, reason }: z.output<typeof Outcome>,
    @Caller() caller: Principal,
  ): Promise<void> {
    unwrap(await ownOffer(this.database, offerId, caller));
    await new PriorOfferStore(this.database).answer(offerId, outcome, reason);
  }
}
