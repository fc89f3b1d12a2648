import { Injectable } from '@nestjs/common';
import type { LocalPatientKey } from '@yinglian/contracts';
import type { Sql } from '@yinglian/persistence';
import type { ComparedRecord } from '../domain/evidence/compared-record.js';
import { isResidentId, numberOf } from '../domain/identity/strong-numbers.js';
import { openConflicts } from '../storage/conflict.store.js';
import { separationsAmong } from '../storage/decision.store.js';
import { isFirstFilling } from '../storage/first-filling.store.js';
import { homesOf, type PatientHome } from '../storage/patient.store.js';
import { type Likely, LikelyPersons } from './likely-persons.js';

export interface NewRecord {
  readonly patient: LocalPatientKey;
  readonly patientNo: string;
  readonly record: ComparedRecord;
}

/** Odds of seven to one, and more: below it a steward's time is better spent elsewhere. */
const LEAST_BITS = 3;
/** Persons that a steward is asked about beside one patient. */
const MOST_PERSONS = 3;

/** No program links a patient by name, birth date and address, however alike: whoever is likely the same is shown to a steward. */
@Injectable()
export class AskAboutLikely {
  constructor(private readonly likelyPersons: LikelyPersons) {}

  /** @param lastNo up to whom patients are asked about in turn: of two of them the later one asks about the earlier one */
  async execute(tx: Sql, asked: readonly NewRecord[], now: Date, lastNo = '0'): Promise<void> {
    // Whoever comes while an empty index is filled is asked about when that has ended.
    if (asked.length === 0 || (await isFirstFilling(tx))) return;
    const askedNos = new Set(asked.map(({ patientNo }) => patientNo));
    const asksItself = (other: string, own: string) =>
      BigInt(other) > BigInt(own) && (askedNos.has(other) || BigInt(other) <= BigInt(lastNo));
    const likely = await this.likelyPersons.find(
      tx,
      asked.map(({ record }) => record),
      LEAST_BITS,
      now,
    );
    const nos = [...asked.map(({ patientNo }) => patientNo), ...likely.flat().map(({ patientNo }) => patientNo)];
    const homes = await homesOf(tx, [...new Set(nos)]);
    const apart = await separationsAmong(tx, [...new Set([...homes.values()].map(({ homeId }) => homeId))]);
    const conflicts = asked.flatMap(({ patient, patientNo, record }, at) =>
      othersOf(
        homes.get(patientNo),
        (likely[at] ?? []).filter(
          (one) => !haveDifferentResidentIds(record, one.record) && !asksItself(one.patientNo, patientNo),
        ),
        homes,
        apart,
      ).map(({ personId, bits }) => {
        return { kind: 'LIKELY_SAME' as const, number: '', otherPersonId: personId, bits, patient };
      }),
    );
    await openConflicts(tx, conflicts, now);
  }
}

/** Who has two is two, whatever else agrees: twins are registered one after the other. */
function haveDifferentResidentIds(one: ComparedRecord, other: ComparedRecord): boolean {
  const [ids, others] = [residentIdsOf(one), residentIdsOf(other)];
  return ids.length > 0 && others.length > 0 && !ids.some((id) => others.includes(id));
}

const residentIdsOf = ({ ids }: ComparedRecord): string[] =>
  ids.flatMap(({ system, value }) => (isResidentId(numberOf(system, value)) ? [value] : []));

/** Each person once, by the likeliest of their patients; not those who are one already, or kept apart. */
function othersOf(
  own: PatientHome | undefined,
  likely: readonly Likely[],
  homes: ReadonlyMap<string, PatientHome>,
  apart: readonly (readonly [string, string])[],
): { personId: string; bits: number }[] {
  if (own === undefined) return [];
  const isApart = (homeId: string) =>
    apart.some(([one, other]) => (one === own.homeId && other === homeId) || (other === own.homeId && one === homeId));
  const persons = new Map<string, number>();
  for (const { patientNo, evidence } of likely) {
    const home = homes.get(patientNo);
    if (home === undefined || home.survivorId === own.survivorId || isApart(home.homeId)) continue;
    if (!persons.has(home.survivorId)) persons.set(home.survivorId, evidence.bits);
  }
  return [...persons].slice(0, MOST_PERSONS).map(([personId, bits]) => ({ personId, bits }));
}
