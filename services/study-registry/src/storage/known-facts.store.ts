import { Injectable } from '@nestjs/common';
import type { AskedOfHost, HostFacts, KnownToHost, Relationship, Restriction } from '@yinglian/access';
import { Database, plannedOnce } from '@yinglian/persistence';
import { VISIT_LASTS_DAYS } from './encounter.store.js';

interface Row {
  /** A person, or of a restriction a study. */
  readonly about: string;
  readonly restriction: Restriction | null;
  readonly daysSinceVisit: number | null;
  readonly daysSinceOrder: number | null;
  readonly daysSinceReferral: number | null;
  readonly daysSinceStudy: number | null;
}

const daysSince = (when: string) => `greatest(0, floor(extract(epoch FROM $3::timestamptz - ${when}) / 86400))::int`;

const CAME = `(arrived_at AT TIME ZONE 'Asia/Shanghai')::date`;
/** When the study was made, at the latest when it came: clocks of devices are wrong at times, and some dates are none. */
const MADE = `CASE WHEN study_date ~ '^[0-9]{8}$' AND pg_input_is_valid(study_date, 'date') THEN least(study_date::date, ${CAME})
  ELSE ${CAME} END`;

const SELECT = `
  SELECT asked AS about, NULL AS restriction,
    (SELECT min(CASE WHEN e.status = 'active' AND e.recorded_at > $3::timestamptz - interval '${VISIT_LASTS_DAYS} days' THEN 0
                ELSE ${daysSince('coalesce(e.ended_at, e.recorded_at)')} END)
     FROM patients p JOIN encounters e ON (e.hospital, e.patient_issuer, e.patient_id) = (p.hospital, p.issuer, p.local_id)
     WHERE p.person_id = asked AND p.hospital = $2 AND e.status <> 'cancelled') AS "daysSinceVisit",
    (SELECT min(${daysSince('o.recorded_at')})
     FROM patients p JOIN ordered_exams o ON (o.hospital, o.patient_issuer, o.patient_id) = (p.hospital, p.issuer, p.local_id)
     WHERE p.person_id = asked AND p.hospital = $2 AND NOT o.is_cancelled) AS "daysSinceOrder",
    (SELECT min(${daysSince('coalesce(r.effective_at, r.recorded_at)')})
     FROM patients p JOIN referrals r ON (r.hospital, r.patient_issuer, r.patient_id) = (p.hospital, p.issuer, p.local_id)
     WHERE p.person_id = asked AND r.referred_to = $2 AND r.status = 'active'
       AND coalesce(r.expires_at > $3::timestamptz, true)) AS "daysSinceReferral",
    (SELECT min(${daysSince(`(${MADE})::timestamp AT TIME ZONE 'Asia/Shanghai'`)})
     FROM shown_studies WHERE person_id = asked AND hospital = $2) AS "daysSinceStudy"
  FROM unnest(${plannedOnce('$1', 'text[]')}) AS asked
  UNION ALL
  SELECT asked, confidentiality, NULL, NULL, NULL, NULL
  FROM unnest(${plannedOnce('$4', 'text[]')}) AS asked
  CROSS JOIN LATERAL (SELECT hospital, accession_number FROM studies WHERE study_uid = asked AND accession_number <> '' OFFSET 0) AS study
  CROSS JOIN LATERAL (SELECT confidentiality FROM restricted_exams r
    WHERE (r.hospital, r.accession_number) = (study.hospital, study.accession_number) AND confidentiality <> 'normal' OFFSET 0) AS exam`;

/** What hospitals had to do with persons, as their HIS tells and by what they made, and which studies they ordered as restricted (ADR 0061). */
@Injectable()
export class KnownFactsStore implements HostFacts {
  constructor(private readonly database: Database) {}

  async about({ hospital, personIds, studyInstanceUids, at }: AskedOfHost): Promise<KnownToHost> {
    const values = [personIds, hospital, at, studyInstanceUids];
    const rows = await this.database.query<Row>(SELECT, values, 'known-facts');
    const relationships = new Map<string, Relationship>();
    const restrictions = new Map<string, Restriction>();
    for (const { about, restriction, ...days } of rows) {
      if (restriction === null) relationships.set(about, whatThereIs(days));
      else restrictions.set(about, restriction);
    }
    return { relationships, restrictions };
  }
}

const whatThereIs = (days: Omit<Row, 'about' | 'restriction'>): Relationship =>
  Object.fromEntries(Object.entries(days).filter(([, value]) => value !== null));
