import { describe, expect, it } from '@jest/globals';
import { decodeMessage, parseMessage, readHeader } from '@yinglian/hl7';
import { SAMPLE_ITEMS, sampleHl7 } from './exam-items.js';
import { SAMPLE_STUDIES } from './studies.js';
import { messagesOf } from './study-messages.js';

describe('the messages of sample studies', () => {
  it.each(SAMPLE_STUDIES.map((study) => [study.accessionNumber, study] as const))(
    'of %s can be read, and are the same each time',
    (_, study) => {
      const today = new Date('2026-11-24T08:00:00Z');
      const { before, after } = messagesOf(study, '2.25.1', today);
      expect(messagesOf(study, '2.25.1', today)).toEqual({ before, after });
      const all = [...before, ...after];
      expect(all.map((message) => readHeader(message)?.type)).toEqual(['ADT^A04', 'ORM^O01', 'ORU^R01']);
      expect(new Set(all.map((message) => readHeader(message)?.controlId)).size).toBe(3);
      for (const message of all) {
        const { text, broken } = decodeMessage(message);
        expect(broken).toBe(false);
        expect(parseMessage(text)?.segments.map(({ name }) => name)).toContain('PID');
        expect(text).toContain(study.person.residentId);
      }
    },
  );

  it('order only what the hospitals map to the catalogue', () => {
    expect(SAMPLE_STUDIES.filter(({ description }) => SAMPLE_ITEMS[description] === undefined)).toEqual([]);
    expect(Object.keys(sampleHl7('H001').senders[0]?.items ?? {})).toEqual([
      'CT0103',
      'CT0102',
      'MR0201',
      'DR0301',
      'DR0309',
    ]);
  });
});
