import { Injectable } from '@nestjs/common';
import { EncounterRecordedV1 } from '@yinglian/contracts';
import { z } from 'zod';
import { Ledger } from '../ledger/ledger.js';
import type { EncounterFact, PatientKey } from '../map-messages/facts.js';

const { encounterClass, status } = EncounterRecordedV1.data.shape;
const Row = z.object({
  class: encounterClass,
  status,
  department: z.string().nullable(),
  started_at: z.string().nullable(),
  ended_at: z.string().nullable(),
});

/** A visit as all messages about it say together; what a message does not say stays. */
const UPSERT = `INSERT INTO encounters AS e
  (patient_issuer, patient_id, encounter_id, class, status, department, started_at, ended_at, changed_at)
  VALUES (?1, ?2, ?3, coalesce(?4, 'other'), coalesce(?5, 'active'), ?6, ?7, ?8, ?9)
  ON CONFLICT DO UPDATE SET class = coalesce(?4, e.class), status = coalesce(?5, e.status),
    department = coalesce(?6, e.department), started_at = coalesce(?7, e.started_at), ended_at = coalesce(?8, e.ended_at),
    changed_at = ?9
  RETURNING class, status, department, started_at, ended_at`;

@Injectable()
export class EncounterStore {
  constructor(private readonly ledger: Ledger) {}

  /** Keeps what is said of a visit and returns what is known of it now. */
  record({ issuer, id }: PatientKey, fact: EncounterFact, at: string) {
    const [row] = this.ledger.query(
      Row,
      UPSERT,
      ...[issuer, id, fact.encounterId, fact.encounterClass, fact.status],
      ...[fact.department, fact.startedAt, fact.endedAt, at],
    );
    if (row === undefined) throw new Error('The visit was written and is there');
    const { class: known, started_at: startedAt, ended_at: endedAt, ...rest } = row;
    return { encounterClass: known, startedAt, endedAt, ...rest };
  }
}
