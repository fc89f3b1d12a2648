import type { PatientRecord } from './conflict.js';

/** Persons with more than one record: of those some can be split off. */
export function splittable<R extends PatientRecord>(records: readonly R[]): readonly (readonly R[])[] {
  return [...Map.groupBy(records, ({ personId }) => personId).values()].filter((of) => of.length > 1);
}
