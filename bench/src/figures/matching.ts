import type { Figure, Measurement } from '../figure.js';
import { once } from '../once.js';
import { runSplink, type SplinkOutcome, type SplinkRow } from '../peers/splink.js';
import { provinceRow } from '../peers/splink-rows.js';
import { answerRightly } from '../people/answer-rightly.js';
import { type ClusterMeasures, measureClusters } from '../people/measures.js';
import type { ObservedRecord, PatientData } from '../people/observed-record.js';
import { type ProvinceSize, provinceRecords } from '../people/province-records.js';

/** Whoever puts patients to persons: the patient index. */
export interface PersonMatcher {
  /** @param completions what hospitals say of some of the same patients afterwards */
  match(records: Iterable<PatientData>, completions: Iterable<PatientData>): Promise<MatchedPersons>;
}

export interface MatchedPersons {
  /** For each record, in order, the person it stands for when all have arrived. */
  readonly registered: readonly string[];
  /** And when everything is completed. */
  readonly persons: readonly string[];
  /** Persons of whom a steward is asked whether they are the same, two by two. */
  readonly questions: readonly (readonly [string, string])[];
}

interface OurMeasures {
  /** Before anything was completed. */
  readonly registered: ClusterMeasures;
  readonly completions: number;
  readonly automatic: ClusterMeasures;
  /** When stewards have answered every question rightly. */
  readonly answered: ClusterMeasures;
  readonly questions: number;
}

/** Splink's bits; of these the one is taken that its F1 is best with, by the labels. */
const WEIGHTS = [-4, -2, 0, 2, 4, 6, 8, 10, 12, 16, 20, 24];
const PROVINCE: ProvinceSize = { persons: 30_000, seed: 1 };
const LEAST_PRECISION = 0.9999;
const LEAST_RECALL = 0.95;

/** A province's generated records, put together by us and by splink. */
export function matchingProvinceFigures(matcher: PersonMatcher, size: ProvinceSize = PROVINCE): Figure[] {
  const ours = once(() => measureOurs(matcher, [...provinceRecords(size)]));
  const peer = once(() => measureSplink(rowsOf(provinceRecords(size))));
  const figure = (name: string, measure: () => Promise<Measurement>): Figure => ({
    name,
    unit: '',
    standsAlone: true,
    measure,
  });
  return [
    figure('matching.province', async () => compared(await ours(), await peer())),
    figure('matching.province.precision', async () => ({
      ours: (await ours()).automatic.pairwise.precision,
      peer: (await peer()).clusters.pairwise.precision,
      peerName: 'splink',
      atLeast: LEAST_PRECISION,
    })),
    figure('matching.province.recall', async () => {
      const { automatic, registered, completions } = await ours();
      return {
        ours: automatic.pairwise.recall,
        peer: (await peer()).clusters.pairwise.recall,
        peerName: 'splink',
        atLeast: LEAST_RECALL,
        note: `of links by numbers alone; ${registered.pairwise.recall.toFixed(4)} before hospitals completed ${completions} records`,
      };
    }),
    figure('matching.province.found', async () => {
      const { answered, questions } = await ours();
      return {
        ours: answered.pairwise.recall,
        peer: (await peer()).clusters.pairwise.recall,
        peerName: 'splink',
        atLeast: LEAST_RECALL,
        note: `recall with all ${questions} questions to stewards answered rightly, of ${answered.records} records`,
      };
    }),
  ];
}

async function measureOurs(matcher: PersonMatcher, records: readonly ObservedRecord[]): Promise<OurMeasures> {
  const completions = records.flatMap(({ completed }) => completed ?? []);
  const matched = await matcher.match(
    records.map(({ data }) => data),
    completions,
  );
  const assigned = (persons: readonly string[]) => {
    if (persons.length !== records.length)
      throw new Error(`Of ${records.length} records ${persons.length} have a person`);
    return records.map(({ truth }, index) => ({ truth, cluster: persons[index] ?? '' }));
  };
  const persons = assigned(matched.persons);
  return {
    registered: measureClusters(assigned(matched.registered)),
    completions: completions.length,
    automatic: measureClusters(persons),
    answered: measureClusters(answerRightly(persons, matched.questions)),
    questions: matched.questions.length,
  };
}

async function measureSplink(rows: Iterable<SplinkRow>): Promise<SplinkOutcome> {
  const { outcomes } = await runSplink('province', rows, WEIGHTS);
  return outcomes.reduce((best, one) => (one.clusters.pairwise.f1 > best.clusters.pairwise.f1 ? one : best));
}

function* rowsOf(records: Iterable<ObservedRecord>): Generator<SplinkRow> {
  let ordinal = 0;
  for (const record of records) {
    yield provinceRow(record, ordinal);
    ordinal += 1;
  }
}

const compared = ({ automatic, answered }: OurMeasures, peer: SplinkOutcome): Measurement => ({
  ours: automatic.pairwise.f1,
  peer: peer.clusters.pairwise.f1,
  peerName: 'splink',
  note:
    `F1 of pairs. Ours: ${inWords(automatic)}; with every question to stewards answered rightly: ${inWords(answered)}. ` +
    `Splink at ${peer.weight} bits: ${inWords(peer.clusters)}`,
});

function inWords({ pairwise, bCubed, exactClusters, overMergedClusters, splitPersons }: ClusterMeasures): string {
  const four = (share: number) => share.toFixed(4);
  return (
    `precision ${four(pairwise.precision)}, recall ${four(pairwise.recall)}; by record (B-cubed) ${four(bCubed.precision)} and ` +
    `${four(bCubed.recall)}; ${exactClusters} clusters exact, ${overMergedClusters} over-merged, ${splitPersons} persons split`
  );
}
