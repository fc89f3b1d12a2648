import { leafOf, repetitionsOf } from '@yinglian/hl7';
import type { DescribedPatient } from './facts.js';
import type { FieldReader } from './field-reader.js';

const LONGEST_NAME = 324;
const MOST_OTHER_IDS = 16;

/** The patient whom a message is about. */
export function readPatient(fields: FieldReader, charsetGuessed: boolean): DescribedPatient {
  const id = fields.required('patientId', 'PATIENT_ID_MISSING');
  return {
    issuer: fields.text('patientIdIssuer') || fields.settings.issuerOfPatientId,
    id,
    description: {
      name: { ...readName(fields), charsetGuessed },
      birthDate: fields.text('birthDate').slice(0, 8),
      sex: sexOf(fields),
      otherIds: otherIds(fields, id),
    },
  };
}

/** A sex that no table knows is not known; it holds nothing up. */
function sexOf(fields: FieldReader): string {
  const noted = fields.problems.length;
  const sex = fields.code('sex') ?? '';
  fields.problems.splice(noted);
  return sex;
}

/** Each repetition of the name (XPN) is of one script; which, its characters say. */
function readName(fields: FieldReader) {
  const name: { alphabetic?: string; ideographic?: string } = {};
  for (const repeated of repetitionsAt(fields, 'patientName')) {
    const parts = [1, 2].map((component) => leafOf(repeated, component, 1, fields.message.separators) ?? '');
    const text = parts
      .filter((part) => part !== '')
      .join('^')
      .slice(0, LONGEST_NAME);
    if (text === '') continue;
    if (/\p{Script=Han}/u.test(text)) name.ideographic ??= text;
    else name.alphabetic ??= text;
  }
  return name;
}

/** The resident id, and what PID-3 says beside the patient's number. */
function otherIds(fields: FieldReader, patientId: string) {
  const { separators } = fields.message;
  const listed = repetitionsAt(fields, 'patientId').map((repeated) => ({
    id: leafOf(repeated, 1, 1, separators) ?? '',
    issuer: (leafOf(repeated, 5, 1, separators) ?? leafOf(repeated, 4, 1, separators) ?? '').slice(0, 64),
  }));
  const all = [{ id: fields.text('residentId'), issuer: '' }, ...listed];
  const seen = new Set(['', patientId]);
  return all.filter(({ id }) => id.length <= 128 && !seen.has(id) && seen.add(id)).slice(0, MOST_OTHER_IDS);
}

function repetitionsAt(fields: FieldReader, fact: 'patientId' | 'patientName'): string[] {
  const [path] = fields.pathsOf(fact);
  const segment = fields.segments.find(({ name }) => name === path?.segment);
  return path === undefined ? [] : repetitionsOf(fields.message, segment, path.field);
}
