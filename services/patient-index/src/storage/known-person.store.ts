import type { LocalPatientKey } from '@yinglian/contracts';
import { plannedOnce, type Sql } from '@yinglian/persistence';
import type { KeptObservation } from '../domain/person.js';
import { keptOf, type ObservationRow } from './observation.store.js';

/** Everybody who is one, and all that hospitals said of them. */
export interface KnownPerson {
  /** Who stands for all of them outside. */
  readonly survivorId: string;
  /** Persons who are one, whoever stands for them among them; never none. */
  readonly homeIds: readonly string[];
  readonly patients: readonly LocalPatientKey[];
  readonly lastSeenAt: Date;
  /** When the link of one of the patients last changed; null when there is no patient. */
  readonly lastLinkedAt: Date | null;
  /** Newest first. */
  readonly said: readonly KeptObservation[];
}

type Row = { survivor_id: string; person_id: string; last_seen_at: Date } & (
  | { hospital: null }
  | ({ linked_at: Date } & (
      | ObservationRow
      | (Pick<ObservationRow, 'hospital' | 'issuer' | 'local_id'> & { version: null })
    ))
);

/** Whoever stands for these persons, in the order of their ids, each once. */
export async function knownPersons(sql: Sql, personIds: readonly string[]): Promise<KnownPerson[]> {
  if (personIds.length === 0) return [];
  const rows = await sql.query<Row>(KNOWN, [personIds], 'known-persons');
  return [...Map.groupBy(rows, (row) => row.survivor_id)].map(([survivorId, ofOne]) => knownOf(survivorId, ofOne));
}

function knownOf(survivorId: string, rows: readonly Row[]): KnownPerson {
  const ofPatients = rows.filter((row) => row.hospital !== null);
  const patients = ofPatients.map((row) => ({ hospital: row.hospital, issuer: row.issuer, id: row.local_id }));
  return {
    survivorId,
    homeIds: [...new Set(rows.map((row) => row.person_id))],
    patients: [...new Map(patients.map((patient) => [JSON.stringify(Object.values(patient)), patient])).values()],
    lastSeenAt: latest(rows.map((row) => row.last_seen_at)) ?? new Date(0),
    lastLinkedAt: latest(ofPatients.map((row) => row.linked_at)),
    said: ofPatients.flatMap((row) => (row.version === null ? [] : keptOf(row))),
  };
}

const latest = (times: readonly Date[]): Date | null =>
  times.length === 0 ? null : new Date(Math.max(...times.map((time) => time.getTime())));

const KNOWN = `
  WITH asked AS MATERIALIZED (
    SELECT DISTINCT survivor_id FROM persons WHERE person_id = ANY (${plannedOnce('$1', 'text[]')})
  ), homes AS (
    SELECT one.* FROM asked JOIN persons one ON one.person_id = asked.survivor_id
    UNION ALL
    SELECT one.* FROM persons one WHERE survivor_id = ANY (ARRAY(SELECT survivor_id FROM asked)) AND survivor_id <> person_id
  )
  SELECT survivor_id, person_id, last_seen_at, p.linked_at, p.home_id, p.hospital, p.issuer, p.local_id,
         o.version, o.name, o.birth_date, o.sex, o.numbers, o.observed_at
  FROM homes LEFT JOIN patients p ON home_id = person_id
  LEFT JOIN observations o ON o.patient_no = p.patient_no
  ORDER BY survivor_id, o.observed_at DESC NULLS LAST, p.hospital, p.issuer, p.local_id, o.version DESC`;
