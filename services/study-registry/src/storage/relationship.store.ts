import { Injectable } from '@nestjs/common';
import type { Relationship, Relationships } from '@yinglian/access';
import { Database, plannedOnce } from '@yinglian/persistence';
import { VISIT_LASTS_DAYS } from './encounter.store.js';

interface Row {
  readonly personId: string;
  readonly daysSinceVisit: number | null;
  readonly daysSinceOrder: number | null;
  readonly daysSinceStudy: number | null;
}

const daysSince = (when: string) => `greatest(0, floor(extract(epoch FROM $3::timestamptz - ${when}) / 86400))::int`;

const CAME = `(arrived_at AT TIME ZONE 'Asia/Shanghai')::date`;
/** When the study was made, at the latest when it came: clocks of devices are wrong at times, and some dates are none. */
const MADE = `CASE WHEN study_date ~ '^[0-9]{8}$' AND pg_input_is_valid(study_date, 'date') THEN least(study_date::date, ${CAME})
  ELSE ${CAME} END`;

const SELECT = `
  SELECT asked AS "personId",
    (SELECT min(CASE WHEN e.status = 'active' AND e.recorded_at > $3::timestamptz - interval '${VISIT_LASTS_DAYS} days' THEN 0
                ELSE ${daysSince('coalesce(e.ended_at, e.recorded_at)')} END)
     FROM patients p JOIN encounters e ON (e.hospital, e.patient_issuer, e.patient_id) = (p.hospital, p.issuer, p.local_id)
     WHERE p.person_id = asked AND p.hospital = $2 AND e.status <> 'cancelled') AS "daysSinceVisit",
    (SELECT min(${daysSince('o.recorded_at')})
     FROM patients p JOIN ordered_exams o ON (o.hospital, o.patient_issuer, o.patient_id) = (p.hospital, p.issuer, p.local_id)
     WHERE p.person_id = asked AND p.hospital = $2 AND NOT o.is_cancelled) AS "daysSinceOrder",
    (SELECT min(${daysSince(`(${MADE})::timestamp AT TIME ZONE 'Asia/Shanghai'`)})
     FROM shown_studies WHERE person_id = asked AND hospital = $2) AS "daysSinceStudy"
  FROM unnest(${plannedOnce('$1', 'text[]')}) AS asked`;

/** What hospitals had to do with persons: visits and orders as their HIS tells, and what they made (ADR 0061). */
@Injectable()
export class RelationshipStore implements Relationships {
  constructor(private readonly database: Database) {}

  async withHospital(
    hospital: string,
    personIds: readonly string[],
    at: Date,
  ): Promise<ReadonlyMap<string, Relationship>> {
    const rows = await this.database.query<Row>(SELECT, [personIds, hospital, at], 'relationships');
    return new Map(rows.map(({ personId, ...days }) => [personId, whatThereIs(days)]));
  }
}

const whatThereIs = (days: Omit<Row, 'personId'>): Relationship =>
  Object.fromEntries(Object.entries(days).filter(([, value]) => value !== null));
