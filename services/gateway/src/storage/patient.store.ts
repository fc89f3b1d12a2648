import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { addToDescription, KeptDescription, type PatientDescription } from '../domain/patient-description.js';
import { Ledger } from '../ledger/ledger.js';
import type { DescribedPatient, PatientKey } from '../map-messages/facts.js';

/** Null for a number that is known only as given up. */
const Row = z.object({ description: z.string().nullable() });

/** The hospital's patients as its messages describe them. */
@Injectable()
export class PatientStore {
  constructor(private readonly ledger: Ledger) {}

  /**
   * Keeps a description, and returns it as it is known now when the message says something new. Those who describe in
   * passing do not correct those who know.
   */
  describe(
    { issuer, id, description }: DescribedPatient,
    isMaster: boolean,
    at: string,
  ): PatientDescription | undefined {
    const [row] = this.ledger.query(Row, 'SELECT description FROM patients WHERE (issuer, id) = (?, ?)', issuer, id);
    const kept = row?.description ?? undefined;
    if (kept !== undefined && !isMaster) return undefined;
    const before = kept === undefined ? undefined : KeptDescription.parse(JSON.parse(kept));
    const said = before === undefined ? description : addToDescription(before, description);
    const after = JSON.stringify(said);
    if (after === JSON.stringify(before)) return undefined;
    this.ledger
      .prepare(
        `INSERT INTO patients (issuer, id, description, changed_at) VALUES (?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET description = excluded.description, changed_at = excluded.changed_at`,
      )
      .run(issuer, id, after, at);
    return said;
  }

  /** Two numbers are one patient: what was said of the one given up goes with the one that stays. */
  merge(merged: PatientKey, into: PatientKey, at: string): void {
    this.ledger
      .prepare(
        `INSERT INTO patients (issuer, id, merged_into_issuer, merged_into_id, changed_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET merged_into_issuer = excluded.merged_into_issuer,
           merged_into_id = excluded.merged_into_id, changed_at = excluded.changed_at`,
      )
      .run(merged.issuer, merged.id, into.issuer, into.id, at);
    for (const table of ['exams', 'encounters']) {
      this.ledger
        .prepare(
          `UPDATE OR IGNORE ${table} SET patient_issuer = ?, patient_id = ? WHERE (patient_issuer, patient_id) = (?, ?)`,
        )
        .run(into.issuer, into.id, merged.issuer, merged.id);
    }
  }
}
