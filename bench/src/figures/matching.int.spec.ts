import { describe, expect, it } from '@jest/globals';
import { machineHas } from '@yinglian/testing';
import type { Bench } from '../figure.js';
import { lonePatientIndex } from '../peers/lone-patient-index.js';
import { keyOf } from '../peers/tell-patients.js';
import { answerRightly } from '../people/answer-rightly.js';
import { measureClusters } from '../people/measures.js';
import type { PatientData } from '../people/observed-record.js';
import { provinceRecords } from '../people/province-records.js';
import { matchingProvinceFigures, type PersonMatcher } from './matching.js';

const noBench = {} as Bench;

/** Whoever has a number is the one who had it first. */
const byFirstNumber: PersonMatcher = {
  match: async (records, completions) => {
    const registered = Array.from(records, personOf);
    const completed = new Map(Array.from(completions, (one) => [keyOf(one.patient), personOf(one)]));
    const persons = Array.from(records, (one) => completed.get(keyOf(one.patient)) ?? personOf(one));
    return { registered, persons, questions: [] };
  },
};
const personOf = ({ otherIds, patient }: PatientData) => otherIds[0]?.id ?? keyOf(patient);

(machineHas('splink') ? describe : describe.skip)('figures of matching', () => {
  it('show us and splink on one province, in one run', async () => {
    const figures = matchingProvinceFigures(byFirstNumber, { persons: 2_000, seed: 1 });
    const [f1, precision, recall, found] = await Promise.all(figures.map((figure) => figure.measure(noBench)));
    expect(figures.map(({ name }) => name)).toEqual([
      'matching.province',
      'matching.province.precision',
      'matching.province.recall',
      'matching.province.found',
    ]);
    expect(precision).toMatchObject({ ours: expect.any(Number), peerName: 'splink', atLeast: 0.9999 });
    expect(recall?.ours).toBeGreaterThan(0.7);
    expect(recall?.ours).toBeLessThan(1);
    const [, before] =
      /^of links by numbers alone; (0\.\d+) before hospitals completed \d{2} records$/.exec(recall?.note ?? '') ?? [];
    expect(Number(before)).toBeLessThan(recall?.ours ?? 0);
    expect(found).toMatchObject({ ours: recall?.ours, note: expect.stringContaining('with all 0 questions') });
    expect(f1?.peer).toBeGreaterThan(f1?.ours ?? 1);
    expect(f1?.note).toMatch(
      /^F1 of pairs\. Ours: precision 0\.\d{4}, .* persons split; with every .* answered rightly: precision 0\.\d{4}, .* persons split\. Splink at -?\d+ bits: precision /,
    );
  });

  it('fail when a record has got no person', async () => {
    const forgetful: PersonMatcher = {
      match: async (records) => {
        const persons = Array.from(records, () => 'P1');
        return { registered: persons, persons: persons.slice(1), questions: [] };
      },
    };
    const [figure] = matchingProvinceFigures(forgetful, { persons: 1_000, seed: 1 });
    await expect(figure?.measure(noBench)).rejects.toThrow(/^Of (\d+) records \d+ have a person$/);
  });
});

it('the patient index tells of each patient who it is, by events, and asks about others', async () => {
  const records = [...provinceRecords({ persons: 300, seed: 2 })];
  const { registered, persons, questions } = await lonePatientIndex.match(
    records.map(({ data }) => data),
    records.flatMap(({ completed }) => completed ?? []),
  );
  const assigned = (all: readonly string[]) => records.map(({ truth }, at) => ({ truth, cluster: all[at] ?? '' }));
  const { pairwise, records: told } = measureClusters(assigned(persons));
  const answered = measureClusters(answerRightly(assigned(persons), questions));
  expect([told, pairwise.precision]).toEqual([records.length, 1]);
  expect(pairwise.recall).toBeGreaterThan(measureClusters(assigned(registered)).pairwise.recall);
  expect(answered.pairwise).toMatchObject({ precision: 1, recall: expect.any(Number) });
  expect(answered.pairwise.recall).toBeGreaterThan(pairwise.recall);
}, 120_000);
