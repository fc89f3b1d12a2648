import { Inject, Injectable } from '@nestjs/common';
import {
  EncounterRecordedV1,
  type EventDefinition,
  OrderPlacedV1,
  PatientMergedV1,
  PatientObservedV3,
  ReferralRecordedV1,
  ReportPublishedV1,
} from '@yinglian/contracts';
import type { z } from 'zod';
import { eventIdOf } from '../domain/event-id.js';
import type { GatewayConfig } from '../gateway.config.js';
import { GATEWAY_CONFIG } from '../gateway.tokens.js';
import type { Fact, Facts, PatientKey } from '../map-messages/facts.js';
import { HospitalRecords } from '../storage/hospital-records.js';
import { OutgoingEvents } from '../tell-events/outgoing-events.store.js';
import { orderPlaced, reportPublished } from './message-events.js';

/** Writes what a message says into the ledger and decides on the events, inside a transaction of the caller's. */
@Injectable()
export class ApplyFacts {
  private readonly hospital: string;

  constructor(
    @Inject(GATEWAY_CONFIG) config: Pick<GatewayConfig, 'HOSPITAL'>,
    private readonly records: HospitalRecords,
    private readonly events: OutgoingEvents,
  ) {
    this.hospital = config.HOSPITAL;
  }

  /** `digest` is the message's: applying it again would tell the same events. */
  apply(digest: string, { patient, isMasterOfPatients, recordedAt, facts }: Facts): void {
    const description = this.records.patients.describe(patient, isMasterOfPatients, recordedAt);
    if (description !== undefined) {
      this.tell(PatientObservedV3, digest, 0, {
        ...this.about(patient),
        ...description,
        studyInstanceUid: null,
        observedAt: recordedAt,
      });
    }
    for (const [index, fact] of facts.entries()) this.applyFact(digest, index, patient, fact, recordedAt);
  }

  private applyFact(digest: string, index: number, patient: PatientKey, fact: Fact, recordedAt: string): void {
    const { records } = this;
    const about = this.about(patient);
    switch (fact.kind) {
      case 'encounter': {
        const { encounterId } = fact;
        const known = records.encounters.record(patient, fact, recordedAt);
        this.tell(EncounterRecordedV1, digest, index, { ...about, encounterId, ...known, recordedAt });
        return;
      }
      case 'referral': {
        const { kind: _, ...referral } = fact;
        this.tell(ReferralRecordedV1, digest, index, { ...about, ...referral, recordedAt });
        return;
      }
      case 'order': {
        const exam = records.exams.order(patient, fact, recordedAt);
        this.tell(OrderPlacedV1, digest, index, orderPlaced(about, exam, fact, recordedAt));
        return;
      }
      case 'report': {
        const exam = records.exams.report(patient, fact, recordedAt);
        records.reports.add(exam.exam_id, fact);
        this.tell(ReportPublishedV1, digest, index, reportPublished(about, exam, fact));
        return;
      }
      case 'merge': {
        records.patients.merge(fact.merged, patient, recordedAt);
        const merged = { hospital: this.hospital, ...fact.merged };
        this.tell(PatientMergedV1, digest, index, { ...about, merged, mergedAt: recordedAt });
        return;
      }
    }
  }

  private tell<Data extends z.ZodType>(
    definition: EventDefinition<Data>,
    digest: string,
    index: number,
    data: z.output<Data>,
  ): void {
    this.events.add(definition, data, eventIdOf(definition.type, this.hospital, digest, String(index)));
  }

  private about({ issuer, id }: PatientKey) {
    return { hospital: this.hospital, patient: { hospital: this.hospital, issuer, id } };
  }
}
