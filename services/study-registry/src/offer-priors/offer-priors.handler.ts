import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AccessDecisionPoint } from '@yinglian/access';
import { Database, type Sql } from '@yinglian/persistence';
import { choosePriors } from '../domain/choose-priors.js';
import { listed } from '../open-study/about-study.js';
import { type ActiveEncounter, EncounterStore } from '../storage/encounter.store.js';
import { OrderedExamStore } from '../storage/ordered-exam.store.js';
import { type OfferedStudy, PriorOfferStore } from '../storage/prior-offer.store.js';
import { gatewayActor } from './gateway-actor.js';

/** What a hospital wants to have offered. */
export interface PriorWishes {
  readonly years: number;
  /** Of one patient: the nearest to what was ordered, then the newest. */
  readonly maximumStudies: number;
  /** Any of them; empty for all. */
  readonly modalities: readonly string[];
}

const LOOKED_AT_ONCE = 20;
const OFFERED_AT_ONCE = 20;
/** Studies of one patient, the newest, among which the nearest are looked for. */
const MOST_CANDIDATES = 200;

/** Finds, for patients who visit a hospital, what other hospitals have made of them and policy lets this one open. */
@Injectable()
export class OfferPriorsHandler {
  constructor(
    private readonly access: AccessDecisionPoint,
    private readonly database: Database,
  ) {}

  /** The open offers, the nearest to what was ordered first. Deciding here records nothing: nothing is shown yet but that there is a study. */
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
    const studies = await offers.candidates(hospital, personId, since, modalities, MOST_CANDIDATES);
    const decisions = await this.access.wouldPermit(gatewayActor(hospital), studies.map(listed));
    const exams = await new OrderedExamStore(tx).of(hospital, patientIssuer, patientId);
    const permitted = studies.filter(({ study_uid: uid }) => decisions.get(uid)?.permitted === true);
    for (const [place, { study, relevance }] of choosePriors(permitted, exams, maximumStudies).entries()) {
      const { study_uid: studyInstanceUid } = study;
      const offer = { offerId: randomUUID(), hospital, studyInstanceUid, patientIssuer, patientId };
      await offers.add(offer, relevance, place);
    }
  }
}
