import type { LocalPatientKey } from '@yinglian/contracts';
import { percentDecoded, readSystem, readToken } from '@yinglian/fhir';
import { clean } from '@yinglian/names';
import { failure, type Result, success } from '@yinglian/platform';
import { fhirProblems } from './fhir.errors.js';
import type { IdentifierBody, LinkBody, PatientBody } from './patient-body.js';

/** A patient as its hospital describes it, and with whom of its others it is one. */
export interface FedPatient {
  readonly patient: LocalPatientKey;
  readonly body: PatientBody;
  readonly replacedBy: LocalPatientKey | null;
  readonly replaces: readonly LocalPatientKey[];
}

/** Whom a reference within a bundle means. */
export type Referred = (reference: string) => PatientBody | undefined;

/**
 * Reads what a client of a hospital sends (ITI-104).
 * @param asked the identifier in the address of a conditional update; null when the body alone says it
 */
export function readFedPatient(
  body: PatientBody,
  hospital: string,
  asked: string | null,
  referred: Referred = () => undefined,
): Result<FedPatient> {
  const own = ownPatients(body.identifier, hospital);
  const patient = asked === null ? own[0] : patientOf(tokenOf(asked));
  if (patient === undefined || patient === null) {
    return failure(fhirProblems.PATIENT_NOT_UNDERSTOOD, 'The Patient needs an identifier of its hospital’s system');
  }
  if (patient.hospital !== hospital) return failure(fhirProblems.PATIENT_OF_ANOTHER_HOSPITAL);
  if (!own.some((one) => isSame(one, patient))) {
    return failure(
      fhirProblems.PATIENT_NOT_UNDERSTOOD,
      'The identifier of the address is not among those of the Patient',
    );
  }
  const links = body.link.filter(({ type }) => type === 'replaced-by' || type === 'replaces');
  const others = links.map((link) => ({ type: link.type, other: otherOf(link, hospital, referred) }));
  if (others.some(({ other }) => other === null || isSame(other, patient))) {
    return failure(
      fhirProblems.PATIENT_NOT_UNDERSTOOD,
      'A link names the other patient by an identifier of the same hospital',
    );
  }
  const named = (type: LinkBody['type']) =>
    others.flatMap(({ type: one, other }) => (one === type ? (other ?? []) : []));
  const [replacedBy = null, ...more] = named('replaced-by');
  if (more.length > 0) return failure(fhirProblems.PATIENT_NOT_UNDERSTOOD, 'A patient is replaced by one other');
  return success({ patient, body, replacedBy, replaces: named('replaces') });
}

/** Whether anything is said of the patient, beyond its number. */
export const isDescribed = ({ name, birthDate, gender, identifier }: PatientBody): boolean =>
  name.length > 0 || birthDate !== undefined || gender !== undefined || identifier.length > 1;

function otherOf({ other }: LinkBody, hospital: string, referred: Referred): LocalPatientKey | null {
  const { identifier, reference = '' } = other;
  if (identifier !== undefined) return ownPatients([identifier], hospital)[0] ?? null;
  const [, token] = /^Patient\?identifier=(.+)$/.exec(reference) ?? [];
  if (token !== undefined) return ownPatients([tokenOf(percentDecoded(token) ?? '')], hospital)[0] ?? null;
  return ownPatients(referred(reference)?.identifier ?? [], hospital)[0] ?? null;
}

const ownPatients = (identifiers: readonly IdentifierBody[], hospital: string): LocalPatientKey[] =>
  identifiers.flatMap((identifier) => patientOf(identifier) ?? []).filter((one) => one.hospital === hospital);

function patientOf({ system = '', value = '' }: IdentifierBody): LocalPatientKey | null {
  const read = readSystem(system);
  const id = clean(value).trim();
  if (read?.kind !== 'hospital' || id === '' || id.length > 128) return null;
  return { hospital: read.hospital, issuer: read.issuer.slice(0, 64), id };
}

function tokenOf(text: string): IdentifierBody {
  const { system, code } = readToken(text);
  return { system: system ?? '', value: code ?? '' };
}

const isSame = (one: LocalPatientKey, other: LocalPatientKey): boolean =>
  one.hospital === other.hospital && one.issuer === other.issuer && one.id === other.id;
