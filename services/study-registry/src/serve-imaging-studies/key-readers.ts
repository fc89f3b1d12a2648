import { PersonId, Uid } from '@yinglian/contracts';
import { PERSON_SYSTEM, readSystem, readText, readToken } from '@yinglian/fhir';
import { ACCESSION_SYSTEM, UID_SYSTEM } from './identifier-systems.js';
import type { StudyKey } from './imaging-search.js';
import { type ParameterReader, type Refused, unsupported } from './parameter-reader.js';

const ALTERNATIVES_AT_MOST = 20;

/** Adds keys of which any must be a study's; a value that can be nobody's adds none. */
const withKeys =
  (read: (value: string, base: string) => StudyKey[] | Refused): ParameterReader =>
  (draft, { name, values }, { base }) => {
    if (values.length > ALTERNATIVES_AT_MOST) return unsupported(`${name} has too many values`);
    const keys: StudyKey[] = [];
    for (const value of values) {
      const found = read(value, base);
      if (!Array.isArray(found)) return found;
      keys.push(...found);
    }
    draft.keys.push(keys);
    return null;
  };

const studyKey = (text: string): StudyKey[] => (Uid.safeParse(text).success ? [{ kind: 'study', uid: text }] : []);

export const ids = withKeys((value) => studyKey(readText(value)));

export const series = withKeys((value) => {
  const uid = readText(value).replace(/^urn:oid:/, '');
  return Uid.safeParse(uid).success ? [{ kind: 'series', uid }] : [];
});

export const identifiers = withKeys((value) => {
  const { system, code } = readToken(value);
  if (code === null) return unsupported('identifier needs a value');
  const uid = /^urn:oid:(.+)$/.exec(code)?.[1];
  if (system === UID_SYSTEM || (system === null && uid !== undefined)) return studyKey(uid ?? code);
  const [, hospital = null] = ACCESSION_SYSTEM.exec(system ?? '') ?? [];
  if (system !== null && hospital === null) return [];
  // Where studies are searched for, these are wildcards.
  if (/[*?]/.test(code)) return unsupported('An accession number has neither * nor ?');
  return code === '' ? [] : [{ kind: 'accession', number: code, hospital }];
});

const REFERENCE = /^(?:(.+)\/)?Patient\/([^/]+)$/;

/** `P…`, `Patient/P…`, or that at this server. */
const references = withKeys((value, base) => {
  const text = readText(value);
  const [, server = base, id = text] = REFERENCE.exec(text) ?? [];
  return server === base && PersonId.safeParse(id).success ? [{ kind: 'person', personId: id }] : [];
});

/** Who is meant by an identifier. Resident ids are known to the patient index only, and asking it is for the client. */
const byIdentifier = (isWholePerson: boolean) =>
  withKeys((value) => {
    const { system, code } = readToken(value);
    const read = readSystem(system ?? '');
    if (code === null || code === '') return unsupported('An identifier needs a value');
    if (read?.kind === 'hospital') {
      return [{ kind: 'patient', hospital: read.hospital, issuer: read.issuer, id: code, isWholePerson }];
    }
    if (system === PERSON_SYSTEM) return PersonId.safeParse(code).success ? [{ kind: 'person', personId: code }] : [];
    return unsupported('Patients are named here by numbers of hospitals and by persons; search for the Patient first');
  });

const oneWholePerson = byIdentifier(true);
const oneOfAHospital = byIdentifier(false);

/** `patient.identifier`, or `subject:Patient.identifier`: any study of whoever has it. */
export const patientIdentifiers: ParameterReader = (draft, parameter, context) =>
  parameter.modifier === null
    ? oneWholePerson(draft, parameter, context)
    : unsupported(`${parameter.name} has no such modifier`);

/** `:identifier` asks for the identifier that stands in the study (http://hl7.org/fhir/R4/search.html#reference). */
export const patients: ParameterReader = (draft, parameter, context) => {
  switch (parameter.modifier) {
    case null:
    case 'Patient':
      return references(draft, parameter, context);
    case 'Patient.identifier':
      return oneWholePerson(draft, parameter, context);
    case 'identifier':
      return oneOfAHospital(draft, parameter, context);
    default:
      return unsupported(`${parameter.name} has no such modifier`);
  }
};
