import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Figure, Measurement } from '../figure.js';
import { once } from '../once.js';
import { type Asker, asker } from '../peers/ask-index.js';
import { type LoadReport, loadMasterFiles } from '../peers/load-master-files.js';
import { withLonePatientIndex } from '../peers/lone-patient-index.js';
import { askSplink, runSplink } from '../peers/splink.js';
import { provinceRow } from '../peers/splink-rows.js';
import { keyOf } from '../peers/tell-patients.js';
import { type Arrivals, arrivals } from '../people/arrivals.js';
import { writeMasterFiles } from '../people/master-files.js';
import type { ObservedRecord } from '../people/observed-record.js';
import { provinceRecords } from '../people/province-records.js';
import { isResidentNumber } from '../people/resident-number.js';
import { percentile } from '../statistics.js';

const LATER = 30_000;
const ASKED = 2_000;
const SPLINK_ASKED = 50;
/** Splink reads all records for each question; with more of them a run would take hours. */
const MOST_FOR_SPLINK = 200_000;
/** Of a server that has the machine's memory for itself. */
const SETTINGS = ['shared_buffers=4GB', 'effective_cache_size=12GB', 'max_wal_size=16GB', 'checkpoint_timeout=30min'];
const SEED = 1;

/** What a patient index costs that has so many persons: filling, what comes every day, and what is asked. */
export function personFigures(persons: number): Figure[] {
  const ours = once(() => measureIndex(persons));
  const peer = once(() => measureSplink(persons));
  const figure = (name: string, unit: string, measure: () => Promise<Measurement>): Figure => ({
    name,
    unit,
    measure,
    lowerIsBetter: unit !== '/s',
  });
  const times = (of: (measured: Measured) => Answers) => async (): Promise<Measurement> => {
    const { milliseconds, found, asked } = of(await ours());
    const note = `p99 at ${persons} persons; p50 ${percentile(milliseconds, 0.5).toFixed(1)} ms; found ${found} of ${asked}`;
    return { ours: percentile(milliseconds, 0.99), note };
  };
  const match = times((measured) => measured.match);
  return [
    figure('persons.load', '/s', async () => {
      const { load, loadSeconds } = await ours();
      return {
        ours: load.patients / loadSeconds,
        ...(await peer()).batch,
        note: `${load.patients} records of ${load.persons} persons in ${loadSeconds.toFixed(0)} s; ${load.bytesPerPerson} bytes a person`,
      };
    }),
    figure('persons.ingest', '/s', async () => {
      const { ingest } = await ours();
      return {
        ours: ingest,
        ...(await peer()).batch,
        atLeast: 2_000,
        note: `${LATER} records by events, to the last link told`,
      };
    }),
    figure('persons.match', 'ms', async () => ({ ...(await match()), ...(await peer()).match, atMost: 20 })),
    figure('persons.by-id', 'ms', async () => ({ ...(await times(({ byId }) => byId)()), atMost: 3 })),
    figure('persons.by-name', 'ms', async () => ({ ...(await times(({ byName }) => byName)()), atMost: 20 })),
  ];
}

interface Answers {
  readonly milliseconds: readonly number[];
  readonly found: number;
  readonly asked: number;
}

interface Measured {
  readonly load: LoadReport;
  readonly loadSeconds: number;
  /** Records a second. */
  readonly ingest: number;
  readonly match: Answers;
  readonly byId: Answers;
  readonly byName: Answers;
}

async function measureIndex(persons: number): Promise<Measured> {
  const people = arrivals({ persons, seed: SEED }, { later: LATER, sample: ASKED });
  let filled: Pick<Measured, 'load' | 'loadSeconds'> | undefined;
  let told: string[] = [];
  return withLonePatientIndex(
    async (index) => {
      if (filled === undefined) throw new Error('It was not filled');
      const startedAt = performance.now();
      const { completeAt } = await index.toldOf(new Set(told));
      const ingest = (1000 * told.length) / (completeAt - startedAt);
      return { ...filled, ingest, ...(await ask(await asker(index), people.sample)) };
    },
    {
      settings: SETTINGS,
      before: async ({ databaseUrl, tell }) => {
        filled = await fill(databaseUrl, people);
        told = await tell(people.later.map(({ data }) => data));
      },
    },
  );
}

async function fill(databaseUrl: string, people: Arrivals): Promise<Pick<Measured, 'load' | 'loadSeconds'>> {
  const folder = await mkdtemp(join(tmpdir(), 'yinglian-master-'));
  try {
    const files = await writeMasterFiles(dataOf(people.first), folder);
    const startedAt = performance.now();
    const load = await loadMasterFiles(databaseUrl, files);
    return { load, loadSeconds: (performance.now() - startedAt) / 1000 };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function ask(
  asking: Asker,
  sample: readonly ObservedRecord[],
): Promise<Pick<Measured, 'match' | 'byId' | 'byName'>> {
  const personOf = new Map<string, string | undefined>();
  for (const { data } of sample) {
    const { hospital, patient } = data;
    const [person] = await asking.search({ hospital, localId: patient.id });
    if (person === undefined) throw new Error('A patient who was loaded is nobody');
    personOf.set(keyOf(patient), person);
  }
  const answers = async (
    records: readonly ObservedRecord[],
    find: (record: ObservedRecord) => Promise<readonly string[]>,
  ): Promise<Answers> => {
    const milliseconds: number[] = [];
    let found = 0;
    for (const record of records) {
      const startedAt = performance.now();
      const persons = await find(record);
      milliseconds.push(performance.now() - startedAt);
      if (persons.includes(personOf.get(keyOf(record.data.patient)) ?? '')) found += 1;
    }
    return { milliseconds, found, asked: records.length };
  };
  const named = sample.filter(({ data }) => nameOf(data) !== '' && /^\d{8}$/.test(data.birthDate));
  return {
    byId: await answers(
      sample.filter(({ data }) => idOf(data) !== ''),
      ({ data }) => asking.search({ idNumber: idOf(data) }),
    ),
    byName: await answers(named, ({ data }) => asking.search({ name: nameOf(data), birthDate: data.birthDate })),
    match: await answers(named, ({ data }) => asking.match(data)),
  };
}

const idOf = ({ otherIds }: ObservedRecord['data']): string =>
  otherIds.find(({ type, id }) => type === 'RESIDENT_ID' && isResidentNumber(id))?.id ?? '';
const nameOf = ({ name }: ObservedRecord['data']): string =>
  /^\p{Script=Han}{2,4}$/u.exec((name.ideographic ?? name.alphabetic ?? '').replaceAll('^', ''))?.[0] ?? '';

/** Splink for the same records: all at once, and one at a time. */
async function measureSplink(persons: number) {
  if (persons > MOST_FOR_SPLINK) return {};
  const peerName = 'splink';
  const { seconds, outcomes } = await runSplink('province', rowsOf(persons), [16]);
  const records = outcomes[0]?.clusters.records ?? 0;
  const { milliseconds } = await askSplink('province', rowsOf(persons), SPLINK_ASKED);
  return {
    batch: { peer: records / seconds, peerName },
    match: { peer: percentile(milliseconds, 0.99), peerName },
  };
}

function* rowsOf(persons: number) {
  let ordinal = 0;
  for (const record of provinceRecords({ persons, seed: SEED })) {
    yield provinceRow(record, ordinal);
    ordinal += 1;
  }
}

function* dataOf(records: Iterable<ObservedRecord>) {
  for (const { data } of records) yield data;
}
