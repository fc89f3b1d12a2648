import { describe, expect, it } from '@jest/globals';
import { febrl3, machineHas } from '@yinglian/testing';
import { provinceRecords } from '../people/province-records.js';
import { runSplink } from './splink.js';
import { febrlRow, provinceRow } from './splink-rows.js';

(machineHas('splink') ? describe : describe.skip)('splink', () => {
  it('puts FEBRL 3 together with its own example’s settings as it is known to', async () => {
    const run = await runSplink('febrl-example', (await febrl3()).map(febrlRow), [-2]);
    expect(run.outcomes).toHaveLength(1);
    expect(run.outcomes[0]?.pairwise.f1).toBeCloseTo(0.9944, 3);
    expect(run.outcomes[0]?.clusters).toMatchObject({ records: 5000, persons: 2000, pairs: { true: 6538 } });
  });

  it('puts it together better with all its fields', async () => {
    const run = await runSplink('febrl', (await febrl3()).map(febrlRow), [0]);
    expect(run.outcomes[0]?.pairwise.f1).toBeGreaterThan(0.999);
    expect(run.outcomes[0]?.clusters.pairwise.f1).toBeGreaterThan(0.999);
  });

  it('puts a small province together, the more surely the more bits it asks for', async () => {
    const rows = [...provinceRecords({ persons: 3_000, seed: 1 })].map(provinceRow);
    const run = await runSplink('province', rows, [16, 0]);
    const [easy, sure] = run.outcomes;
    expect([easy?.weight, sure?.weight]).toEqual([0, 16]);
    expect(easy?.clusters.records).toBe(rows.length);
    expect(easy?.pairwise.recall).toBeGreaterThan(0.95);
    expect(sure?.pairwise.precision).toBeGreaterThan(0.99);
    expect(sure?.pairwise.recall).toBeLessThan(easy?.pairwise.recall ?? 0);
  });

  it('is said to have failed when it did', async () => {
    await expect(runSplink('febrl', [{ record: '1', truth: '1' }], [0])).rejects.toThrow('Splink failed');
  });
});
