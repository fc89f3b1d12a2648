import { describe, expect, it } from '@jest/globals';
import { cupEvents, recordOf } from '../testing/cup-events.js';
import { readRecord } from './received-event.js';

const definition = cupEvents('cup.poured.v1');
const wanted = new Map([[definition.type, definition]]);
const sound = recordOf(definition, { cup: 'a', pour: 1, hospital: 'H001' });

describe('a record of the log', () => {
  it('becomes an event with checked data', () => {
    expect(readRecord(sound, wanted)).toEqual({
      kind: 'event',
      record: sound,
      event: {
        id: sound.eventId,
        source: 'urn:yinglian:kitchen',
        type: 'cup.poured.v1',
        topic: 'hospital.H001',
        key: 'a',
        time: expect.any(String),
        traceparent: undefined,
        data: { cup: 'a', pour: 1, hospital: 'H001' },
      },
    });
  });

  it('of an unknown type is nobody’s', () => {
    expect(readRecord(sound, new Map())).toBeUndefined();
  });

  it('is called malformed without the values in it, which may be a patient’s', () => {
    const broken = sound.envelope.replace('"pour":1', '"pour":"张伟"');
    const told = readRecord({ ...sound, envelope: broken }, wanted);
    expect(told).toEqual(expect.objectContaining({ kind: 'malformed', type: 'cup.poured.v1' }));
    expect(told).toEqual(expect.objectContaining({ reason: expect.stringContaining('pour') }));
    expect(told).not.toEqual(expect.objectContaining({ reason: expect.stringContaining('张') }));
    expect(readRecord({ ...sound, envelope: '张伟' }, wanted)).toEqual(
      expect.objectContaining({ reason: expect.not.stringContaining('张') }),
    );
  });

  it.each([
    ['is not JSON', { envelope: 'tea' }, 'Not a CloudEvent'],
    ['is no CloudEvent', { envelope: '{}' }, 'Not a CloudEvent'],
    ['has data of another form', { envelope: sound.envelope.replace('"pour":1', '"pour":"1"') }, 'Breaks the contract'],
    ['speaks for another hospital', { topic: 'hospital.H002' }, 'The event belongs on another topic'],
    ['hides its key', { key: 'b' }, 'The event has another key than the record'],
    ['has two ids', { eventId: 'other' }, 'The envelope has another id than the record'],
  ])('that %s is malformed', (_, change, reason) => {
    expect(readRecord({ ...sound, ...change }, wanted)).toEqual(
      expect.objectContaining({ kind: 'malformed', reason: expect.stringContaining(reason) }),
    );
  });
});
