import { PersonId, Uid } from '@yinglian/contracts';
import { type Period, readDateTest, readText, readToken, type SearchParameter, searchProblems } from '@yinglian/fhir';
import { failure, type Result, success } from '@yinglian/platform';
import { z } from 'zod';
import type { AccessFilter } from '../storage/access-page.js';
import { ACCOUNT_SYSTEM } from './audit-event.js';

export interface AuditSearch {
  readonly filter: Omit<AccessFilter, 'after' | 'personIds'> & { readonly personId?: string };
  /** Where the page begins. */
  readonly cursor: AccessFilter['after'];
}

/** The province's clock: what days are meant by a date without a zone. */
const PROVINCE_OFFSET = '+08:00';
const Count = z.coerce.number().int().min(1).max(200);
const Cursor = z.tuple([z.coerce.date(), z.string().regex(/^\d{1,18}$/)]);

interface Reading {
  filter: AuditSearch['filter'];
  cursor: AuditSearch['cursor'];
}

/** Reads one value into the search; false when it is none. */
type Reader = (reading: Reading, value: string, now: Date) => boolean;

const set = (reading: Reading, more: Partial<AuditSearch['filter']>): true => {
  reading.filter = { ...reading.filter, ...more };
  return true;
};

const patient: Reader = (reading, value) => {
  const personId = PersonId.safeParse(value.replace(/^Patient\//, '')).data;
  return personId !== undefined && set(reading, { personId });
};

/** What it was done to: a person or a study. */
const entity: Reader = (reading, value, now) => {
  if (value.startsWith('Patient/')) return patient(reading, value, now);
  const studyInstanceUid = Uid.safeParse(value.replace(/^ImagingStudy\//, '')).data;
  return studyInstanceUid !== undefined && set(reading, { studyInstanceUid });
};

const agent: Reader = (reading, value) => {
  const { system, code } = readToken(value);
  return code !== null && (system === null || system === ACCOUNT_SYSTEM) && set(reading, { subject: code });
};

const date: Reader = (reading, value, now) => {
  const test = /^(ne|ap)/.test(value) ? null : readDateTest(value, PROVINCE_OFFSET, now);
  if (test === null) return false;
  const { from, to } = test.within;
  return set(reading, within(reading.filter, { from, to }));
};

const outcome: Reader = (reading, value) =>
  (value === '0' && set(reading, { outcome: 'permit' })) || (value === '8' && set(reading, { outcome: 'deny' }));

export const CRITERIA: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['date', date],
  ['patient', patient],
  ['agent', agent],
  ['agent-name', (reading, value) => set(reading, { actor: readText(value) })],
  ['entity', entity],
  ['outcome', outcome],
]);

export const CONTROLS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  [
    '_count',
    (reading, value) => {
      const limit = Count.safeParse(value).data;
      return limit !== undefined && set(reading, { limit });
    },
  ],
  ['_format', () => true],
  [
    '_cursor',
    (reading, value) => {
      const read = Cursor.safeParse(value.split('_')).data;
      if (read !== undefined) reading.cursor = { at: read[0], position: read[1] };
      return read !== undefined;
    },
  ],
]);

/** Which modifiers say what is meant anyway. */
const MODIFIERS: Readonly<Record<string, string>> = { patient: 'Patient', agent: 'identifier' };

/** Nothing is left out: a criterion that is not understood would show what nobody asked for. Failures: PARAMETER_NOT_SUPPORTED, PARAMETER_INVALID. */
export function readAuditSearch(parameters: readonly SearchParameter[], now: Date): Result<AuditSearch> {
  const reading: Reading = { filter: { limit: 50 }, cursor: undefined };
  for (const { name, modifier, values } of parameters) {
    const reader = CRITERIA.get(name) ?? CONTROLS.get(name);
    const isMeant = modifier === null || modifier === MODIFIERS[name];
    const [value = '', ...others] = values;
    if (reader === undefined || !isMeant || others.length > 0)
      return failure(searchProblems.PARAMETER_NOT_SUPPORTED, name.slice(0, 64));
    if (!reader(reading, value, now)) return failure(searchProblems.PARAMETER_INVALID, name);
  }
  return success(reading);
}

/** What both of several dates allow. */
function within({ from, to }: AuditSearch['filter'], period: Period): Partial<AuditSearch['filter']> {
  const begins = Math.max(period.from, from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(from));
  const ends = Math.min(period.to, to === undefined ? Number.POSITIVE_INFINITY : Date.parse(to));
  return {
    ...(Number.isFinite(begins) ? { from: new Date(begins).toISOString() } : {}),
    ...(Number.isFinite(ends) ? { to: new Date(ends).toISOString() } : {}),
  };
}
