import type { Figure, Measurement } from '../figure.js';
import { once } from '../once.js';
import { type Answers, type IndexMeasures, measurePatientIndex } from '../peers/measure-patient-index.js';
import { askSplink, runSplink } from '../peers/splink.js';
import { provinceRow } from '../peers/splink-rows.js';
import { provinceRecords } from '../people/province-records.js';
import { percentile } from '../statistics.js';

const SPLINK_ASKED = 50;
/** Splink reads all records for each question; with more of them a run would take hours. */
const MOST_FOR_SPLINK = 200_000;
const SEED = 1;
/** Who shares a name and a birth date with many, or used somebody else’s number, is not on the first page. */
const LEAST_FOUND = 0.9;

/** What a patient index costs that has so many persons: filling, what comes every day, and what is asked. */
export function personFigures(persons: number, askPeer = measureSplink): Figure[] {
  const ours = once(() => measurePatientIndex({ persons, seed: SEED }));
  const peer = once(() => askPeer(persons));
  const figure = (name: string, unit: string, measure: () => Promise<Measurement>): Figure => ({
    name,
    unit,
    measure,
    standsAlone: true,
    lowerIsBetter: unit !== '/s',
  });
  const times = (of: (measured: IndexMeasures) => Answers) => async (): Promise<Measurement> => {
    const { milliseconds, found, asked } = of(await ours());
    if (found < LEAST_FOUND * asked) throw new Error(`Only ${found} of ${asked} were found`);
    const note = `p99 at ${persons} persons; p50 ${percentile(milliseconds, 0.5).toFixed(1)} ms; found ${found} of ${asked}`;
    return { ours: percentile(milliseconds, 0.99), note };
  };
  const besideRow = async (measured: Promise<Measurement>, atMost: number): Promise<Measurement> => {
    const { rowByKey } = await ours();
    return {
      ...(await measured),
      peer: percentile(rowByKey, 0.99),
      peerName: 'one row by its key, without HTTP',
      atMost,
    };
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
        note: 'by events, to the last link told and the last question asked; of the first quarter it warms up',
      };
    }),
    figure('persons.match', 'ms', async () => ({ ...(await match()), ...(await peer()).match, atMost: 20 })),
    figure('persons.by-id', 'ms', () => besideRow(times(({ byId }) => byId)(), 3)),
    figure('persons.by-name', 'ms', () => besideRow(times(({ byName }) => byName)(), 20)),
  ];
}

type Peer = Pick<Measurement, 'peer' | 'peerName'>;

/** Splink for the same records: all at once, in records a second, and one at a time, in milliseconds. */
async function measureSplink(persons: number): Promise<{ batch?: Peer; match?: Peer }> {
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
