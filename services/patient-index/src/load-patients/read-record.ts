import { PatientObservedV3 } from '@yinglian/contracts';
import { z } from 'zod';
import type { ObservedPatient } from '../domain/observation.js';

/** Why a line is not taken in. */
export type RefusalCode = 'LINE_TOO_LONG' | 'NOT_UTF8' | 'NOT_JSON' | 'NOT_A_PATIENT';

export interface Refusal {
  readonly code: RefusalCode;
  /** Which fields are wrong; no values. */
  readonly detail: string;
}

const told = PatientObservedV3.data.shape;
const Identifier = told.otherIds.element.extend({
  issuer: told.otherIds.element.shape.issuer.default(''),
  type: told.otherIds.element.shape.type.default('UNKNOWN'),
});
const address = told.addresses.element.shape;
const Address = told.addresses.element.extend({
  district: address.district.default(''),
  city: address.city.default(''),
  state: address.state.default(''),
  postalCode: address.postalCode.default(''),
});

/** A line of a master file. What is not stated may be left out; what is not known is refused, since it may be a field misspelled. */
const MasterRecord = z.strictObject({
  id: told.patient.shape.id,
  issuer: told.patient.shape.issuer.default(''),
  name: z.union([z.string().max(324), z.strictObject(told.name.omit({ charsetGuessed: true }).shape)]).default(''),
  birthDate: told.birthDate.default(''),
  sex: told.sex.default(''),
  otherIds: z.array(Identifier.strict()).max(16).default([]),
  phones: told.phones.default([]),
  addresses: z.array(Address.strict()).max(4).default([]),
  mother: told.mother.default(null),
  birthOrder: told.birthOrder.default(null),
  updatedAt: told.observedAt.optional().describe('When the hospital last changed it; else as old as the file'),
});

const decoder = new TextDecoder('utf-8', { fatal: true });

/** @param writtenAt of the file, as an instant */
export function readRecord(bytes: Buffer | null, hospital: string, writtenAt: string): ObservedPatient | Refusal {
  if (bytes === null) return { code: 'LINE_TOO_LONG', detail: '' };
  const text = textOf(bytes);
  if (text === null) return { code: 'NOT_UTF8', detail: '' };
  const value = jsonIn(text);
  if (value === undefined) return { code: 'NOT_JSON', detail: '' };
  const parsed = MasterRecord.safeParse(value);
  if (!parsed.success) return { code: 'NOT_A_PATIENT', detail: fieldsOf(parsed.error) };
  const { id, issuer, name, updatedAt, ...said } = parsed.data;
  return {
    ...said,
    hospital,
    patient: { hospital, issuer, id },
    name: { ...(typeof name === 'string' ? { alphabetic: name } : name), charsetGuessed: false },
    studyInstanceUid: null,
    observedAt: updatedAt ?? writtenAt,
  };
}

function textOf(bytes: Buffer): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const fieldsOf = ({ issues }: z.ZodError): string =>
  issues.map((issue) => `${issue.path.join('.')} ${issue.code}`.trim()).join(', ');
