import { describe, expect, it } from '@jest/globals';
import type { Bench } from '../figure.js';
import { personFigures } from './persons.js';

const noBench = {} as Bench;

describe('the figures of a patient index', () => {
  it('are of one that was filled, told of more, and asked', async () => {
    const peer = { peer: 1, peerName: 'a peer' };
    const figures = personFigures(1_500, async () => ({ batch: peer, match: peer }));
    const measured = new Map(
      await Promise.all(figures.map(async (figure) => [figure.name, await figure.measure(noBench)] as const)),
    );
    expect([...measured.keys()]).toEqual([
      'persons.load',
      'persons.ingest',
      'persons.match',
      'persons.by-id',
      'persons.by-name',
    ]);
    expect(measured.get('persons.load')?.note).toMatch(
      /^\d{4} records of \d{3,4} persons in \d+ s; \d{4,5} bytes a person$/,
    );
    for (const { ours } of measured.values()) expect(ours).toBeGreaterThan(0);
    expect(measured.get('persons.by-id')?.note).toMatch(/^p99 at 1500 persons; p50 [\d.]+ ms; found \d+ of \d+$/);
  }, 120_000);
});
