import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AccessDecisionPoint } from '@yinglian/access';
import { Database, type Sql } from '@yinglian/persistence';
import { listed } from '../open-study/about-study.js';
import { type ActiveEncounter, EncounterStore } from '../storage/encounter.store.js';
import { type OfferedStudy, PriorOfferStore } from '../storage/prior-offer.store.js';
import { gatewayActor } from './gateway-actor.js';

/** What a hospital wants to have offered. */
export interface PriorWishes {
  readonly years: number;
  /** Of one patient, the newest. */
  readonly maximumStudies: number;
  /** Any of them; empty for all. */
  readonly modalities: readonly string[];
}

const LOOKED_AT_ONCE = 20;
const OFFERED_AT_ONCE = 20;

/** Finds, for patients who visit a hospital, what other hospitals have made of them and policy lets this one open. */
@Injectable()
export class OfferPriorsHandler {
  constructor(
    private readonly access: AccessDecisionPoint,
    private readonly database: Database,
  ) {}

  /** The oldest open offers. Deciding here records nothing: nothing is shown yet but that there is a study. */
  async execute(hospital: string, wishes: PriorWishes, now: Date): Promise<OfferedStudy[]> {
    await this.database.transaction(async (tx) => {
      const encounters = new EncounterStore(tx);
      for (const encounter of await encounters.toLookAt(hospital, LOOKED_AT_ONCE)) {
        await this.offer(tx, hospital, encounter, wishes, now);
        await encounters.lookedAt(hospital, encounter.encounterId);
      }
    });
    return new PriorOfferStore(this.database).open(hospital, OFFERED_AT_ONCE);
  }

  private async offer(
    tx: Sql,
    hospital: string,
    encounter: ActiveEncounter,
    wishes: PriorWishes,
    now: Date,
  ): Promise<void> {
    const { patientIssuer, patientId, personId } = encounter;
    const { years, modalities, maximumStudies } = wishes;
    const offers = new PriorOfferStore(tx);
    const since = `${now.getUTCFullYear() - years}${now.toISOString().slice(5, 10).replace('-', '')}`;
    const studies = await offers.candidates(hospital, personId, since, modalities, maximumStudies);
    const decisions = await this.access.wouldPermit(gatewayActor(hospital), studies.map(listed));
    for (const { study_uid: studyInstanceUid } of studies) {
      if (decisions.get(studyInstanceUid)?.permitted !== true) continue;
      await offers.add({ offerId: randomUUID(), hospital, studyInstanceUid, patientIssuer, patientId });
    }
  }
}
