import type { Sql } from '@yinglian/persistence';
import { compareRecords, type FieldAgreement } from '../domain/compare-records.js';
import type { Evidence } from '../domain/evidence/weigh.js';
import { type Change, changeOf, type PreviewedPair, type Thresholds } from '../domain/previewed-pair.js';
import { presentRecord, type RecordView } from '../show-records/present-record.js';
import { homesOf } from '../storage/patient.store.js';
import { recordsOf } from '../storage/record.store.js';

/** A pair that the settings decide otherwise, as a steward reads it: the newest statement of both, and what each field says. */
export interface PreviewExample {
  readonly change: Change;
  readonly now: Evidence | null;
  readonly proposed: Evidence | null;
  readonly records: readonly RecordView[];
  readonly agreements: readonly FieldAgreement[];
}

export async function presentExamples(
  sql: Sql,
  pairs: readonly PreviewedPair[],
  least: Thresholds,
  now: Date,
): Promise<PreviewExample[]> {
  const nos = pairs.flatMap(({ patientNo, otherNo }) => [patientNo, otherNo]);
  const homes = await homesOf(sql, nos);
  const stored = await recordsOf(sql, [...new Set([...homes.values()].map(({ homeId }) => homeId))]);
  const newest = new Map(
    stored.map((record) => [record.patientNo, { ...record, statements: record.statements.slice(0, 1) }]),
  );
  return pairs.flatMap((pair) => {
    const [one, other] = [newest.get(pair.patientNo), newest.get(pair.otherNo)];
    if (one === undefined || other === undefined) return [];
    return {
      change: changeOf(pair, least),
      now: pair.now,
      proposed: pair.proposed,
      records: [one, other].map((record) => presentRecord(record, now)),
      agreements: compareRecords(one.statements, other.statements),
    };
  });
}
