import type { ObservedRecord } from './observed-record.js';
import { type ProvinceSize, provinceRecords } from './province-records.js';
import { RATES } from './rates.js';

/** A province's records, some of every part of which come later. */
export interface Arrivals {
  /** To be gone through once; only then the others are complete. */
  readonly first: Iterable<ObservedRecord>;
  readonly later: readonly ObservedRecord[];
  /** Some of the first ones. */
  readonly sample: readonly ObservedRecord[];
}

export function arrivals(size: ProvinceSize, wanted: { readonly later: number; readonly sample: number }): Arrivals {
  const records = size.persons / (1 - RATES.anotherRecord.rate);
  const later: ObservedRecord[] = [];
  const sample: ObservedRecord[] = [];
  const everyLater = Math.max(2, Math.ceil(records / wanted.later));
  const everySample = Math.max(2, Math.ceil(records / wanted.sample));
  const first = function* () {
    let ordinal = 0;
    for (const record of provinceRecords(size)) {
      ordinal += 1;
      if (ordinal % everyLater === 0) later.push(record);
      else yield record;
      if (ordinal % everySample === 1) sample.push(record);
    }
  };
  return { first: first(), later, sample };
}
