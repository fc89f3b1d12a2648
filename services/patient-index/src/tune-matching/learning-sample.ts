import type { Database } from '@yinglian/persistence';
import type { ComparedRecord } from '../domain/evidence/compared-record.js';
import { lambdaOf } from '../domain/evidence/match-model.js';
import { candidatesOf } from '../storage/candidate.store.js';
import { recordsOf } from '../storage/candidate-record.store.js';
import { homesOf, patientsOfHomes } from '../storage/patient.store.js';
import { patientsAtRandom } from '../storage/patient-sample.store.js';
import { personsInGroupsOf } from '../storage/person.store.js';

const DRAWN = 4_000;
/** With their persons' other patients, and whoever they may be one with. */
const RECORDS_AT_MOST = 12_000;
/** Of one patient: an error rarely leaves more of a person unlinked. */
const CANDIDATES = 5;
const AT_ONCE = 100;

export interface LearningSample {
  readonly records: readonly ComparedRecord[];
  /** Those of the records that were drawn at random. */
  readonly drawn: readonly number[];
  /** How often two records of the whole province are one person's, by the links that stand. */
  readonly lambda: number;
}

/**
 * Some of the province's own records: patients at random, all others of their persons, and those that the blocks bring together with them,
 * since only pairs that are one person's teach what one person's records agree in.
 * @param today YYYYMMDD
 */
export async function drawLearningSample(
  database: Database,
  random: () => number,
  today: string,
): Promise<LearningSample> {
  const { patients, eachStandsFor } = await patientsAtRandom(database, DRAWN, random);
  const drawnNos = patients.map(({ patientNo }) => patientNo);
  const nos = new Set(drawnNos);
  const known = new Map<string, ComparedRecord>();
  const read = async (some: readonly string[]) => {
    for (const chunk of inChunks(some.filter((no) => !known.has(no))))
      for (const [no, record] of await recordsOf(database, chunk, today)) known.set(no, record);
  };
  await read(drawnNos);
  let persons = 0;
  for (const chunk of inChunks(drawnNos)) {
    const groups = await personGroupsOf(database, chunk);
    for (const no of chunk) persons += 1 / (groups.get(no)?.length ?? 1);
    for (const no of [...groups.values()].flat()) if (nos.size < RECORDS_AT_MOST) nos.add(no);
    const records = chunk.flatMap((no) => known.get(no) ?? []);
    const candidates = await candidatesOf(database, records, { most: CANDIDATES });
    for (const no of candidates.flat()) if (nos.size < RECORDS_AT_MOST) nos.add(no);
  }
  await read([...nos]);
  const places = new Map([...known.keys()].map((no, place) => [no, place]));
  return {
    records: [...known.values()],
    drawn: drawnNos.flatMap((no) => places.get(no) ?? []),
    lambda: lambdaOf({ records: drawnNos.length * eachStandsFor, persons: persons * eachStandsFor }),
  };
}

/** All patients of the person of each of these. */
async function personGroupsOf(
  database: Database,
  patientNos: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const homes = await homesOf(database, patientNos);
  const homeIds = [...homes.values()].map(({ homeId }) => homeId);
  const persons = await personsInGroupsOf(database, homeIds);
  const survivorOf = new Map(persons.map(({ personId, survivorId }) => [personId, survivorId]));
  const patients = await patientsOfHomes(database, [...survivorOf.keys()]);
  const byPerson = Map.groupBy(patients, ({ homeId }) => survivorOf.get(homeId) ?? homeId);
  return new Map(
    [...byPerson.values()].flatMap((of) => {
      const group = of.map(({ patientNo }) => patientNo);
      return group.map((no) => [no, group] as const);
    }),
  );
}

function inChunks<T>(all: readonly T[]): T[][] {
  const chunks: T[][] = [];
  for (let at = 0; at < all.length; at += AT_ONCE) chunks.push(all.slice(at, at + AT_ONCE));
  return chunks;
}
