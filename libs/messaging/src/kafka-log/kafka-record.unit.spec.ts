import { describe, expect, it } from '@jest/globals';
import { cupEvents, recordOf as cupRecord } from '../testing/cup-events.js';
import { messageOf, recordOf } from './kafka-record.js';

const message = (given: { key: string | null; value: string | null; offset: string; id?: string }) => ({
  key: given.key === null ? null : Buffer.from(given.key),
  value: given.value === null ? null : Buffer.from(given.value),
  offset: given.offset,
  timestamp: '0',
  attributes: 0,
  headers: given.id === undefined ? {} : { 'event-id': Buffer.from(given.id) },
});

describe('a Kafka record', () => {
  it('holds what the log was given', () => {
    const record = cupRecord(cupEvents('cup.poured.v1'), { cup: '甲', pour: 1 });
    const { key, value } = messageOf(record);
    const stored = message({ key: String(key), value: String(value), offset: '7', id: record.eventId });
    expect(recordOf('persons', 2, stored)).toEqual(record);
  });

  it('that no service of ours wrote is told apart from every other one of its topic', () => {
    const foreign = message({ key: null, value: null, offset: '7' });
    expect(recordOf('persons', 0, foreign)).toEqual({
      topic: 'persons',
      key: '',
      eventId: 'partition-0-offset-7',
      envelope: '',
    });
    expect(recordOf('persons', 1, foreign).eventId).toBe('partition-1-offset-7');
  });
});
