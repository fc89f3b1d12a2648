import { createHash } from 'node:crypto';
import {
  type Coding,
  type Endpoint,
  type Identifier,
  type ImagingStudy,
  type Patient,
  type Reference,
  systemOfHospital,
} from '@yinglian/fhir';
import { localTimeOf } from '../domain/local-time.js';
import type { StudyRow } from '../storage/study-row.js';
import { WADO_ENDPOINT } from './endpoint-resources.js';
import { accessionSystemOf, DICOM_SYSTEM, UID_SYSTEM } from './identifier-systems.js';
import { statusOf } from './study-test-readers.js';

export const AT_WADO: Reference<Endpoint> = { reference: `Endpoint/${WADO_ENDPOINT}` };
const ACCESSION = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'ACSN', display: 'Accession ID' }],
};
const SUBSETTED: Coding = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue',
  code: 'SUBSETTED',
  display: 'subsetted',
};

export interface ResourceOptions {
  readonly utcOffset: string;
  readonly updatedAt: Date;
  /** Something is left out that a read would tell. */
  readonly isSubset: boolean;
}

/** A study without its series (http://hl7.org/fhir/R4/imagingstudy.html): what a search of DICOMweb tells of it, and no more (ADR 0005). */
export function imagingStudyResource(
  study: StudyRow,
  { utcOffset, updatedAt, isSubset }: ResourceOptions,
): ImagingStudy {
  const started = localTimeOf(study.study_date, study.study_time, utcOffset);
  const modality = study.modalities.map(modalityOf).filter((coding) => coding !== undefined);
  return {
    resourceType: 'ImagingStudy',
    id: study.study_uid,
    meta: {
      versionId: versionOf(study),
      lastUpdated: updatedAt.toISOString(),
      ...(isSubset ? { tag: [SUBSETTED] } : {}),
    },
    identifier: identifiersOf(study),
    status: statusOf(study),
    ...(modality.length === 0 ? {} : { modality }),
    subject: subjectOf(study),
    ...(started === null ? {} : { started: started.text }),
    endpoint: [AT_WADO],
    numberOfSeries: study.series_count,
    numberOfInstances: study.instance_count,
    ...textOf('description', study.description),
  };
}

/** It follows from the content, of which the digest of the instances is a part. */
const versionOf = (study: StudyRow): string =>
  createHash('sha256').update(JSON.stringify(study)).digest('hex').slice(0, 16);

/** A text that says something; FHIR has no empty ones. */
export const textOf = <Name extends string>(name: Name, text: string): { [_ in Name]?: string } => {
  const said: { [_ in Name]?: string } = {};
  if (text.trim() !== '') said[name] = text.trim();
  return said;
};

/** What a device wrote instead of a code is no code. */
export const modalityOf = (modality: string): Coding | undefined =>
  /^[A-Z0-9_]{1,16}$/.test(modality) ? { system: DICOM_SYSTEM, code: modality } : undefined;

function identifiersOf({ study_uid: uid, hospital, accession_number: accession }: StudyRow): Identifier[] {
  const ofStudy: Identifier = { system: UID_SYSTEM, value: `urn:oid:${uid}` };
  if (accession.trim() === '') return [ofStudy];
  const system = accessionSystemOf(hospital);
  return [ofStudy, { type: ACCESSION, system, value: accession.trim(), assigner: { display: hospital } }];
}

/** The person, and the patient of the hospital that made the study; who is linked to nobody yet is that patient only. */
function subjectOf({
  person_id: personId,
  hospital,
  patient_issuer: issuer,
  patient_id: id,
}: StudyRow): Reference<Patient> {
  return {
    ...(personId === null ? {} : { reference: `Patient/${personId}` }),
    type: 'Patient',
    identifier: { system: systemOfHospital({ hospital, issuer }), value: id, assigner: { display: hospital } },
  };
}
