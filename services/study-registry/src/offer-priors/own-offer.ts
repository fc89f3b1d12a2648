import type { Sql } from '@yinglian/persistence';
import { failure, type Principal, type Result, success } from '@yinglian/platform';
import { type PriorOffer, PriorOfferStore } from '../storage/prior-offer.store.js';
import { priorProblems } from './offer-priors.errors.js';

/** An offer to the caller's hospital; any other one is not there. */
export async function ownOffer(sql: Sql, offerId: string, { hospital }: Principal): Promise<Result<PriorOffer>> {
  const offer = await new PriorOfferStore(sql).find(offerId);
  return offer !== undefined && offer.hospital === hospital
    ? success(offer)
    : failure(priorProblems.PRIOR_OFFER_NOT_FOUND);
}
