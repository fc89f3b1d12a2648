import type { IdentifierType } from '@yinglian/contracts';
import { numberIn, otherNumbers, type SaidNumber } from '@yinglian/hl7';
import type { PatientDescription } from '../domain/patient-description.js';
import { isLikeResidentId, isSurelyResidentId } from '../domain/resident-id-form.js';
import type { FactName } from './field-presets.js';
import type { FieldReader } from './field-reader.js';

const LONGEST_NUMBER = 128;

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

/** The patient's numbers beside `patientId`. */
export const readNumbers = (fields: FieldReader, patientId: string): PatientDescription['otherIds'] => {
  const said = [...numbersByFact(fields), ...listedNumbers(fields), ...hiddenResidentIds(fields)];
  return otherNumbers(
    said.map((number) => issued(fields, number)),
    patientId,
  );
};

/** A card whose region nobody names is known in its hospital only. */
function issued({ settings }: FieldReader, number: SaidNumber): SaidNumber {
  const { type } = number;
  const issuer = type === 'INSURANCE' || type === 'HEALTH_CARD' || type === 'HOSPITAL' ? settings.issuers[type] : '';
  return { ...number, issuer: number.issuer || (issuer ?? '') };
}

function numbersByFact(fields: FieldReader): SaidNumber[] {
  const read = (fact: FactName) => ({ id: fields.text(fact, LONGEST_NUMBER), issuer: '' });
  const residentId = read('residentId');
  // Hospitals write the number of whatever document there is where a resident id belongs.
  const residentType = isLikeResidentId(residentId.id) ? 'RESIDENT_ID' : 'UNKNOWN';
  return [{ ...residentId, type: residentType }, ...NUMBERS.map(([fact, type]) => ({ ...read(fact), type }))];
}

const listedNumbers = (fields: FieldReader): SaidNumber[] =>
  fields.valuesOf('otherIds').map((value) => numberIn(value, (code) => fields.lookUp('identifierType', code)));

/** Some hospitals put the resident id where others have numbers of visits. */
const hiddenResidentIds = (fields: FieldReader): SaidNumber[] =>
  fields
    .valuesOf('hiddenResidentId')
    .map((value) => value(1))
    .filter(isSurelyResidentId)
    .map((id) => ({ id, issuer: '', type: 'RESIDENT_ID' }));
