import { Injectable } from '@nestjs/common';
import { AccessDecisionPoint } from '@yinglian/access';
import { Database } from '@yinglian/persistence';
import { failure, type Principal, type Result, success } from '@yinglian/platform';
import type { Body } from '../retrieve-instances/body.js';
import { InstanceBytes } from '../storage/instance-bytes.js';
import { PriorOfferStore } from '../storage/prior-offer.store.js';
import { StudyStore } from '../storage/study.store.js';
import { type StoredInstance, StudyContents } from '../storage/study-contents.js';
import { registryProblems } from '../study-registry.errors.js';
import { openingOf } from './gateway-actor.js';
import { priorProblems } from './offer-priors.errors.js';
import { ownOffer } from './own-offer.js';

/** Gives a gateway what it was offered, as it was received (ADR 0004), decided again and recorded before a byte leaves. */
@Injectable()
export class RetrievePriorHandler {
  constructor(
    private readonly access: AccessDecisionPoint,
    private readonly database: Database,
    private readonly contents: StudyContents,
    private readonly bytes: InstanceBytes,
  ) {}

  /** Failures: PRIOR_OFFER_NOT_FOUND, PRIOR_OFFER_CLOSED, the refusal's 403; STUDY_NOT_FOUND, STUDY_ARRIVING. */
  async list(offerId: string, caller: Principal): Promise<Result<readonly StoredInstance[]>> {
    const opened = await this.open(offerId, caller, false);
    return opened.ok ? this.contents.at({ studyUid: opened.value }) : opened;
  }

  /** The same failures, and INSTANCE_NOT_FOUND. */
  async file(offerId: string, caller: Principal, seriesUid: string, sopInstanceUid: string): Promise<Result<Body>> {
    const opened = await this.open(offerId, caller, true);
    if (!opened.ok) return opened;
    const found = await this.contents.at({ studyUid: opened.value, seriesUid, sopInstanceUid });
    if (!found.ok) return found;
    const [instance] = found.value;
    return success({
      contentType: 'application/dicom',
      sizeBytes: instance.length,
      pieces: (scratch) => this.bytes.file(instance, scratch),
    });
  }

  /** The study's UID. An offer that an objection has overtaken is closed. */
  private async open(offerId: string, caller: Principal, partOfAView: boolean): Promise<Result<string>> {
    const offer = await ownOffer(this.database, offerId, caller);
    if (!offer.ok) return offer;
    const { state, studyInstanceUid } = offer.value;
    if (state !== 'open') return failure(priorProblems.PRIOR_OFFER_CLOSED);
    const study = await new StudyStore(this.database).findShown(studyInstanceUid);
    if (study === undefined) return failure(registryProblems.STUDY_NOT_FOUND);
    const decided = await this.access.authorize(openingOf(offer.value, study), { partOfAView });
    if (decided.ok) return success(studyInstanceUid);
    if (decided.problem.status === 403)
      await new PriorOfferStore(this.database).answer(offerId, 'refused', decided.problem.code);
    return decided;
  }
}
