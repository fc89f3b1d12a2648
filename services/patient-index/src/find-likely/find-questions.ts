import { Injectable } from '@nestjs/common';
import type { LocalPatientKey } from '@yinglian/contracts';
import type { Sql } from '@yinglian/persistence';
import type { ComparedRecord } from '../domain/evidence/compared-record.js';
import type { MatchModel } from '../domain/evidence/match-model.js';
import type { Evidence } from '../domain/evidence/weigh.js';
import { haveDifferentResidentIds } from '../domain/identity/different-resident-ids.js';
import { separationsAmong } from '../storage/decision.store.js';
import { homesOf, type PatientHome } from '../storage/patient.store.js';
import { type Likely, LikelyPersons } from './likely-persons.js';

export interface NewRecord {
  readonly patient: LocalPatientKey;
  readonly patientNo: string;
  readonly record: ComparedRecord;
}

/** That a steward is asked whether a patient is this person, by the likeliest of the person's patients. */
export interface LikelyQuestion {
  readonly personId: string;
  readonly patientNo: string;
  readonly evidence: Evidence;
}

/** Persons that a steward is asked about beside one patient. */
const MOST_PERSONS = 3;

/** About whom stewards are asked beside some patients. Nobody is asked by it. */
@Injectable()
export class FindQuestions {
  constructor(private readonly likelyPersons: LikelyPersons) {}

  /**
   * For each of the patients, the likeliest person first.
   * @param lastNo up to whom patients are asked about in turn: of two of them the later one asks about the earlier one
   */
  async about(
    sql: Sql,
    asked: readonly NewRecord[],
    by: { readonly model: MatchModel; readonly leastBits: number },
    now: Date,
    lastNo = '0',
  ): Promise<LikelyQuestion[][]> {
    const askedNos = new Set(asked.map(({ patientNo }) => patientNo));
    const asksItself = (other: string, own: string) =>
      BigInt(other) > BigInt(own) && (askedNos.has(other) || BigInt(other) <= BigInt(lastNo));
    const records = asked.map(({ record }) => record);
    const likely = await this.likelyPersons.find(sql, records, by, now);
    const nos = [...asked.map(({ patientNo }) => patientNo), ...likely.flat().map(({ patientNo }) => patientNo)];
    const homes = await homesOf(sql, [...new Set(nos)]);
    const apart = await separationsAmong(sql, [...new Set([...homes.values()].map(({ homeId }) => homeId))]);
    return asked.map(({ patientNo, record }, at) =>
      othersOf(
        homes.get(patientNo),
        (likely[at] ?? []).filter(
          (one) => !haveDifferentResidentIds(record, one.record) && !asksItself(one.patientNo, patientNo),
        ),
        homes,
        apart,
      ),
    );
  }
}

/** Each person once, by the likeliest of their patients; not those who are one already, or kept apart. */
function othersOf(
  own: PatientHome | undefined,
  likely: readonly Likely[],
  homes: ReadonlyMap<string, PatientHome>,
  apart: readonly (readonly [string, string])[],
): LikelyQuestion[] {
  if (own === undefined) return [];
  const isApart = (homeId: string) =>
    apart.some(([one, other]) => (one === own.homeId && other === homeId) || (other === own.homeId && one === homeId));
  const persons = new Map<string, LikelyQuestion>();
  for (const { patientNo, evidence } of likely) {
    const home = homes.get(patientNo);
    if (home === undefined || home.survivorId === own.survivorId || isApart(home.homeId)) continue;
    const { survivorId: personId } = home;
    if (!persons.has(personId)) persons.set(personId, { personId, patientNo, evidence });
  }
  return [...persons.values()].slice(0, MOST_PERSONS);
}
