import { describe, expect, it } from '@jest/globals';
import { machineHas } from '@yinglian/testing';
import type { Bench } from '../figure.js';
import { lonePatientIndex } from '../peers/lone-patient-index.js';
import { measureClusters } from '../people/measures.js';
import type { PatientData } from '../people/observed-record.js';
import { provinceRecords } from '../people/province-records.js';
import { matchingProvinceFigures, type PersonMatcher } from './matching.js';

const noBench = {} as Bench;

/** Whoever has a number is the one who had it first. */
const byFirstNumber: PersonMatcher = {
  personsOf: async (records) =>
    Array.from(
      records,
      ({ otherIds, hospital, patient }: PatientData) => otherIds[0]?.id ?? `${hospital}/${patient.id}`,
    ),
};

(machineHas('splink') ? describe : describe.skip)('figures of matching', () => {
  it('show us and splink on one province, in one run', async () => {
    const figures = matchingProvinceFigures(byFirstNumber, { persons: 2_000, seed: 1 });
    const [f1, precision, recall] = await Promise.all(figures.map((figure) => figure.measure(noBench)));
    expect(figures.map(({ name }) => name)).toEqual([
      'matching.province',
      'matching.province.precision',
      'matching.province.recall',
    ]);
    expect(precision).toMatchObject({ ours: expect.any(Number), peerName: 'splink', atLeast: 0.9999 });
    expect(recall?.ours).toBeGreaterThan(0.7);
    expect(recall?.ours).toBeLessThan(0.95);
    expect(f1?.peer).toBeGreaterThan(f1?.ours ?? 1);
    expect(f1?.note).toMatch(
      /^F1 of pairs\. Ours: precision 0\.\d{4}, .* persons split\. Splink at -?\d+ bits: precision /,
    );
  });

  it('fail when a record has got no person', async () => {
    const forgetful: PersonMatcher = { personsOf: async (records) => Array.from(records, () => 'P1').slice(1) };
    const [figure] = matchingProvinceFigures(forgetful, { persons: 1_000, seed: 1 });
    await expect(figure?.measure(noBench)).rejects.toThrow(/^Of (\d+) records \d+ have a person$/);
  });
});

it('the patient index tells of each patient who it is, by events', async () => {
  const records = [...provinceRecords({ persons: 300, seed: 2 })];
  const persons = await lonePatientIndex.personsOf(records.map(({ data }) => data));
  const { pairwise, records: told } = measureClusters(
    records.map(({ truth }, at) => ({ truth, cluster: persons[at] ?? '' })),
  );
  expect([told, pairwise.precision]).toEqual([records.length, 1]);
  expect(pairwise.recall).toBeGreaterThan(0.8);
}, 120_000);
