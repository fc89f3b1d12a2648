import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { orderBatches } from './order-batches.js';
import type { ReceivedEvent } from './received-event.js';

const event = (key: string, type: string, id = 0): ReceivedEvent => ({
  id: String(id),
  source: 'urn:yinglian:kitchen',
  type,
  topic: 'persons',
  key,
  time: '2026-11-24T08:00:00.000Z',
  traceparent: undefined,
  data: {},
});

describe('batches of events', () => {
  it('gather a type over other keys', () => {
    const batches = orderBatches([event('a', 'x'), event('b', 'y'), event('c', 'x'), event('d', 'y')]);
    expect(batches.map((batch) => batch.map(({ key, type }) => `${key}${type}`))).toEqual([
      ['ax', 'cx'],
      ['by', 'dy'],
    ]);
  });

  it('never turn round the events of a key, and lose none', () => {
    const letters = (values: string) => fc.constantFrom(...values);
    fc.assert(
      fc.property(fc.array(fc.tuple(letters('abc'), letters('xyz'))), (pairs) => {
        const events = pairs.map(([key, type], id) => event(key, type, id));
        const batches = orderBatches(events);
        for (const batch of batches) expect(new Set(batch.map(({ type }) => type)).size).toBe(1);
        const handled = batches.flat();
        expect(handled).toHaveLength(events.length);
        for (const key of 'abc') {
          const ofKey = (some: readonly ReceivedEvent[]) => some.filter((one) => one.key === key);
          expect(ofKey(handled)).toEqual(ofKey(events));
        }
      }),
    );
  });
});
