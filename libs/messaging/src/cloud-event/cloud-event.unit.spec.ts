import { describe, expect, it } from '@jest/globals';
import { cupEvents } from '../testing/cup-events.js';
import { CloudEvent, encodeEvent } from './cloud-event.js';

const poured = cupEvents('cup.poured.v1');
const origin = { id: 'e-1', source: 'urn:yinglian:kitchen', time: new Date('2026-11-24T08:00:00Z') };

describe('the envelope of an event', () => {
  it('is a CloudEvent 1.0 in structured JSON, on the topic and with the key of its data', () => {
    const { envelope, ...record } = encodeEvent(poured, { cup: 'a', pour: 1, hospital: 'H001' }, origin);
    expect(record).toEqual({ topic: 'hospital.H001', key: 'a', eventId: 'e-1' });
    expect(JSON.parse(envelope)).toEqual({
      specversion: '1.0',
      id: 'e-1',
      source: 'urn:yinglian:kitchen',
      type: 'cup.poured.v1',
      subject: 'a',
      time: '2026-11-24T08:00:00.000Z',
      datacontenttype: 'application/json',
      data: { cup: 'a', pour: 1, hospital: 'H001' },
    });
  });

  it('has a key that PostgreSQL keeps, and its data as they are', () => {
    const { key, envelope } = encodeEvent(poured, { cup: 'a\0b', pour: 1 }, origin);
    const { subject, data } = JSON.parse(envelope);
    expect({ key, subject, data }).toEqual({ key: 'a\uFFFDb', subject: 'a\uFFFDb', data: { cup: 'a\0b', pour: 1 } });
  });

  it('is not made for data that breaks the contract', () => {
    const wrong = { cup: 'a', pour: 'much' } as unknown as { cup: string; pour: number };
    expect(() => encodeEvent(poured, wrong, origin)).toThrow(/expected number/);
  });

  it('is not made for a source that is none of ours, nor without a key', () => {
    expect(() => encodeEvent(poured, { cup: 'a', pour: 1 }, { ...origin, source: 'elsewhere' })).toThrow(
      /urn:yinglian:/,
    );
    expect(() => encodeEvent(poured, { cup: '', pour: 1 }, origin)).toThrow(/subject/);
  });

  it.each([
    ['another version of CloudEvents', { specversion: '0.3' }],
    ['no id', { id: '' }],
    ['a time that is none', { time: 'yesterday' }],
    ['data in another form', { datacontenttype: 'application/xml' }],
  ])('is refused with %s', (_, change) => {
    const sound = JSON.parse(encodeEvent(poured, { cup: 'a', pour: 1 }, origin).envelope);
    expect(CloudEvent.safeParse(sound).success).toBe(true);
    expect(CloudEvent.safeParse({ ...sound, ...change }).success).toBe(false);
  });
});
