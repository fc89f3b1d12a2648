import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Assignment, measureClusters, measurePairs } from './measures.js';

describe('measures of clusters', () => {
  it('counts one over-merged cluster and one split person', () => {
    // Person 1 has three records, one of them apart; person 2's only record was put to person 1's.
    const measured = measureClusters([
      { truth: 1, cluster: 'a' },
      { truth: 1, cluster: 'a' },
      { truth: 1, cluster: 'b' },
      { truth: 2, cluster: 'a' },
      { truth: 3, cluster: 'c' },
    ]);
    expect(measured).toEqual({
      records: 5,
      persons: 3,
      clusters: 3,
      pairs: { true: 3, predicted: 3, right: 1 },
      pairwise: { precision: 1 / 3, recall: 1 / 3, f1: 1 / 3 },
      bCubed: {
        precision: expect.closeTo((4 / 3 + 1 + 1 / 3 + 1) / 5),
        recall: expect.closeTo((4 / 3 + 1 / 3 + 1 + 1) / 5),
        f1: expect.closeTo(11 / 15),
      },
      exactClusters: 1,
      overMergedClusters: 1,
      splitPersons: 1,
    });
  });

  it('finds nothing wrong with what is right, whatever the clusters are called', () => {
    const measured = measureClusters([1, 1, 2, 3, 3, 3].map((truth) => ({ truth, cluster: `P${truth}` })));
    expect(measured.pairwise).toEqual({ precision: 1, recall: 1, f1: 1 });
    expect(measured.bCubed).toEqual({ precision: 1, recall: 1, f1: 1 });
    expect(measured).toMatchObject({ exactClusters: 3, overMergedClusters: 0, splitPersons: 0 });
  });

  it('says what counting each pair says', () => {
    const assignment = fc.record({ truth: fc.nat(5), cluster: fc.nat(5) });
    fc.assert(
      fc.property(fc.array(assignment, { maxLength: 40 }), (assignments) => {
        const { pairs, bCubed } = measureClusters(assignments);
        expect(pairs).toEqual(pairsOneByOne(assignments));
        const byRecord = bCubedOneByOne(assignments);
        expect(bCubed.precision).toBeCloseTo(byRecord.precision, 9);
        expect(bCubed.recall).toBeCloseTo(byRecord.recall, 9);
      }),
    );
  });

  it('takes a hundred thousand records in one cluster, five thousand million pairs', () => {
    const measured = measureClusters(Array.from({ length: 100_000 }, (_, truth) => ({ truth, cluster: 0 })));
    expect(measured.pairs).toEqual({ true: 0, predicted: 4_999_950_000, right: 0 });
    expect(measured.overMergedClusters).toBe(1);
  });

  it('holds nothing predicted for nothing wrong', () => {
    expect(measurePairs({ true: 10, predicted: 0, right: 0 })).toEqual({ precision: 1, recall: 0, f1: 0 });
  });
});

function pairsOneByOne(assignments: readonly Assignment[]) {
  const pairs = assignments.flatMap((one, index) => assignments.slice(index + 1).map((other) => [one, other] as const));
  const isTrue = ([one, other]: (typeof pairs)[number]) => one.truth === other.truth;
  const isPredicted = ([one, other]: (typeof pairs)[number]) => one.cluster === other.cluster;
  return {
    true: pairs.filter(isTrue).length,
    predicted: pairs.filter(isPredicted).length,
    right: pairs.filter((pair) => isTrue(pair) && isPredicted(pair)).length,
  };
}

function bCubedOneByOne(assignments: readonly Assignment[]) {
  const shares = assignments.map((one) => {
    const together = assignments.filter(({ cluster }) => cluster === one.cluster);
    const belong = assignments.filter(({ truth }) => truth === one.truth);
    const right = together.filter(({ truth }) => truth === one.truth).length;
    return { precision: right / together.length, recall: right / belong.length };
  });
  const mean = (values: readonly number[]) =>
    values.length === 0 ? 1 : values.reduce((total, value) => total + value, 0) / values.length;
  return { precision: mean(shares.map((one) => one.precision)), recall: mean(shares.map((one) => one.recall)) };
}
