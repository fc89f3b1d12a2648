import { Injectable } from '@nestjs/common';
import { Database, type Sql } from '@yinglian/persistence';
import type { ComparedRecord } from '../domain/evidence/compared-record.js';
import type { MatchModel } from '../domain/evidence/match-model.js';
import type { Evidence } from '../domain/evidence/weigh.js';
import { haveDifferentResidentIds } from '../domain/identity/different-resident-ids.js';
import { separationsAmong } from '../storage/decision.store.js';
import { newcomersAmong, type UnlinkedPatient } from '../storage/newcomer.store.js';
import { homesOf, type PatientHome } from '../storage/patient.store.js';
import { type Likely, LikelyPersons } from './likely-persons.js';

export interface NewRecord extends UnlinkedPatient {
  readonly record: ComparedRecord;
}

/** Of whom they are the same person it is asked: of `anybody`, or, where all patients are asked about in turn, of those who came `earlier`. */
export type AskedAgainst = 'anybody' | 'earlier';

/** That a steward is asked whether a patient is this person, by the likeliest of the person's patients. */
export interface LikelyQuestion {
  readonly personId: string;
  readonly patientNo: string;
  readonly evidence: Evidence;
}

/** Persons that a steward is asked about beside one patient. */
const MOST_PERSONS = 3;
/** Patients beside whom others are looked for at once. Few enough that whoever else is answered by this process is not held up by weighing. */
const LOOKED_FOR_AT_ONCE = 100;

/** About whom stewards are asked beside some patients. Nobody is asked by it. */
@Injectable()
export class FindQuestions {
  constructor(
    private readonly database: Database,
    private readonly likelyPersons: LikelyPersons,
  ) {}

  /** For each of the patients, the likeliest person first; of two patients only one asks about the other. */
  async about(
    sql: Sql,
    asked: readonly NewRecord[],
    by: { readonly model: MatchModel; readonly leastBits: number },
    now: Date,
    against: AskedAgainst,
  ): Promise<LikelyQuestion[][]> {
    const askedNos = new Set(asked.map(({ patientNo }) => patientNo));
    const likely = await this.likelyBeside(asked, by, now);
    const likelyNos = new Set(likely.flat().map(({ patientNo }) => patientNo));
    const newcomers = await newcomersAmong(sql, [...likelyNos]);
    const asksItself = (other: string, own: string) =>
      newcomers.has(other) || ((against === 'earlier' || askedNos.has(other)) && BigInt(other) > BigInt(own));
    const homes = await homesOf(sql, [...new Set([...askedNos, ...likelyNos])]);
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

  /** Side by side, on connections of their own: the database reads for some while others are weighed. */
  private async likelyBeside(asked: readonly NewRecord[], by: Parameters<LikelyPersons['find']>[2], now: Date) {
    const parts: Promise<Likely[][]>[] = [];
    for (let from = 0; from < asked.length; from += LOOKED_FOR_AT_ONCE) {
      const records = asked.slice(from, from + LOOKED_FOR_AT_ONCE).map(({ record }) => record);
      parts.push(this.likelyPersons.find(this.database, records, by, now));
    }
    return (await Promise.all(parts)).flat();
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
