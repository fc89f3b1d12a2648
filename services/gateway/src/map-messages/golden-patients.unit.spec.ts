import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { PatientObservedV3 } from '@yinglian/contracts';
import { encodeText } from '@yinglian/hl7';
import { z } from 'zod';
import { visit } from '../testing/sample-messages.js';
import { Hl7Settings } from './hl7-settings.js';
import { readFacts } from './read-facts.js';

const Golden = z.strictObject({
  says: z.string(),
  pid: z.record(z.string(), z.string()),
  patient: z.object({ issuer: z.string(), id: z.string(), description: z.record(z.string(), z.unknown()) }),
});
const folder = new URL('./golden/', import.meta.url);
const golden = readdirSync(folder).map(
  (file) => [file, Golden.parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8')))] as const,
);
const AT = '2026-11-24T09:00:00.000Z';

const charsets = [
  ['utf-8', 'UNICODE UTF-8'],
  ['gb18030', 'GB 18030-2000'],
] as const;

describe('golden patients', () => {
  it('are there', () => expect(golden).toHaveLength(4));

  it.each(
    golden.flatMap(([file, { pid, patient }]) => charsets.map((charset) => [file, charset, pid, patient] as const)),
  )('%s in %j', (_, [encoding, charset], pid, patient) => {
    const bytes = encodeText(visit('A31', { charset, pid }), encoding);
    const reading = readFacts(bytes, Hl7Settings.parse({}), AT);
    expect(reading).toMatchObject({ kind: 'facts', facts: { patient: {} } });
    const said = reading.kind === 'facts' ? reading.facts.patient : undefined;
    expect(said).toEqual(patient);
    const key = { hospital: 'H001', issuer: '', id: patient.id };
    expect(() =>
      PatientObservedV3.data.parse({
        ...said?.description,
        hospital: 'H001',
        patient: key,
        studyInstanceUid: null,
        observedAt: AT,
      }),
    ).not.toThrow();
  });
});
