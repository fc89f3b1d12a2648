import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as contracts from './index.js';
import { type EventDefinition, eventsReference } from './index.js';

const golden = new URL('./golden/', import.meta.url);
const isEvent = (exported: unknown): exported is EventDefinition =>
  typeof exported === 'object' && exported !== null && 'topicFamily' in exported && 'keyOf' in exported;
const readGolden = (type: string): unknown => JSON.parse(readFileSync(new URL(`${type}.json`, golden), 'utf8'));

describe('published events', () => {
  it('are all listed, once and in order', () => {
    const exported = Object.values<unknown>(contracts).filter(isEvent);
    const listed = contracts.allEvents.map(({ type }) => type);
    expect(listed.length).toBeGreaterThan(0);
    expect(listed).toEqual(exported.map(({ type }) => type).sort());
    expect(new Set(listed).size).toBe(listed.length);
  });

  it('each have golden data, and no golden data is without its event', () => {
    const files = readdirSync(golden).sort();
    expect(files).toEqual(contracts.allEvents.map(({ type }) => `${type}.json`));
  });

  it.each(contracts.allEvents.map((event) => [event.type, event] as const))(
    '%s reads its golden data whole',
    (type, event) => {
      const data = readGolden(type);
      expect(event.data.parse(data)).toEqual(data);
      expect(JSON.parse(JSON.stringify(event.data.parse(data)))).toEqual(data);
      expect(event.keyOf(data)).toEqual(expect.stringMatching(/./));
      expect(event.topicOf(data)).toBe(event.topicFamily === 'hospital' ? 'hospital.H001' : event.topicFamily);
      expect(type).toMatch(/^[a-z-]+\.[a-z]+\.v[1-9]\d*$/);
    },
  );

  it('are described in the reference, with topic, key and fields', () => {
    const reference = eventsReference();
    for (const { type, emitted } of contracts.allEvents) {
      expect(reference).toContain(`## ${type}`);
      expect(reference).toContain(emitted);
    }
    expect(reference).toContain('| `study.arriving.v1` | `hospital.<code>` | `studyInstanceUid` |');
    expect(reference).toContain('| `patient.id` | string | Patient ID (0010,0020) |');
  });
});
