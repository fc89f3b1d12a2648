import type { IdentifierType } from '@yinglian/contracts';
import type { NumberType } from '../domain/identifier-types.js';
import type { PatientDescription } from '../domain/patient-description.js';
import { isLikeResidentId, isSurelyResidentId } from '../domain/resident-id-form.js';
import type { Components } from './components.js';
import type { FactName } from './field-presets.js';
import type { FieldReader } from './field-reader.js';

const MOST_NUMBERS = 16;
const LONGEST_NUMBER = 128;
const LONGEST_ISSUER = 64;

/** Facts that are one number of one kind. */
const NUMBERS: readonly (readonly [fact: FactName, type: IdentifierType])[] = [
  ['hongKongMacaoPermit', 'HONG_KONG_MACAO_PERMIT'],
  ['taiwanPermit', 'TAIWAN_PERMIT'],
  ['permanentResidenceCard', 'PERMANENT_RESIDENCE'],
  ['passport', 'PASSPORT'],
  ['healthCard', 'HEALTH_CARD'],
  ['insuranceNumber', 'INSURANCE'],
  ['militaryId', 'MILITARY'],
  ['birthCertificate', 'BIRTH_CERTIFICATE'],
  ['hospitalNumber', 'HOSPITAL'],
];

interface SaidNumber {
  readonly id: string;
  readonly issuer: string;
  readonly type: NumberType;
}

/** The patient's numbers beside `patientId`. One that is said twice counts where its kind is said. */
export function readNumbers(fields: FieldReader, patientId: string): PatientDescription['otherIds'] {
  const said = [...numbersByFact(fields), ...listedNumbers(fields), ...hiddenResidentIds(fields)];
  const [known, unknown] = [
    said.filter(({ type }) => type !== 'UNKNOWN'),
    said.filter(({ type }) => type === 'UNKNOWN'),
  ];
  const seen = new Set(['', patientId]);
  return [...known, ...unknown]
    .filter(({ id }) => id.length <= LONGEST_NUMBER && !seen.has(id) && seen.add(id))
    .flatMap(({ type, ...number }) => (type === '' ? [] : [{ ...number, type }]))
    .slice(0, MOST_NUMBERS);
}

function numbersByFact(fields: FieldReader): SaidNumber[] {
  const read = (fact: FactName) => ({ id: fields.text(fact, LONGEST_NUMBER), issuer: '' });
  const residentId = read('residentId');
  // Hospitals write the number of whatever document there is where a resident id belongs.
  const residentType = isLikeResidentId(residentId.id) ? 'RESIDENT_ID' : 'UNKNOWN';
  return [{ ...residentId, type: residentType }, ...NUMBERS.map(([fact, type]) => ({ ...read(fact), type }))];
}

/** CX (HL7 2.5.1 section 2.A.14): number, who gave it out (4, 6), its kind (5), and the country of a document (9). */
const listedNumbers = (fields: FieldReader): SaidNumber[] =>
  fields.valuesOf('otherIds').map((value) => {
    const type = fields.lookUp('identifierType', value(5)) ?? 'UNKNOWN';
    return { id: value(1), issuer: issuerIn(value, type).slice(0, LONGEST_ISSUER), type };
  });

function issuerIn(value: Components, type: NumberType): string {
  const authority = value(4) || value(4, 2) || value(6);
  return type === 'PASSPORT' ? value(9) || authority : authority;
}

/** Some hospitals put the resident id where others have numbers of visits. */
const hiddenResidentIds = (fields: FieldReader): SaidNumber[] =>
  fields
    .valuesOf('hiddenResidentId')
    .map((value) => value(1))
    .filter(isSurelyResidentId)
    .map((id) => ({ id, issuer: '', type: 'RESIDENT_ID' }));
