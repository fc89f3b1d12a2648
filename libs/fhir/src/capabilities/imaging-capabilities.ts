import type { CapabilityStatementRestResource } from '@medplum/fhirtypes';
import { searchParams } from './search-params.js';

const READ_AND_SEARCH: Pick<CapabilityStatementRestResource, 'interaction'> = {
  interaction: [{ code: 'read' }, { code: 'search-type' }],
};

/** Served by study-registry, whose test holds this against what it reads. */
export const IMAGING_STUDY_CAPABILITY: CapabilityStatementRestResource = {
  type: 'ImagingStudy',
  profile: 'http://hl7.org/fhir/StructureDefinition/ImagingStudy',
  ...READ_AND_SEARCH,
  versioning: 'versioned',
  readHistory: false,
  conditionalRead: 'not-match',
  searchInclude: ['ImagingStudy:endpoint'],
  searchParam: searchParams([
    ['_id', 'token', 'The Study Instance UID'],
    ['identifier', 'token', 'urn:dicom:uid|urn:oid:1.2.3, or an accession number with or without its system'],
    ['patient', 'reference', 'Any of the ids that are one person; patient.identifier by a hospital’s number'],
    ['subject', 'reference', 'The same as patient'],
    ['series', 'token', 'A Series Instance UID'],
    ['started', 'date', 'Days and instants; without a zone, in the province’s'],
    ['modality', 'token', 'Of the study'],
    ['bodysite', 'token', 'A SNOMED CT code, or Body Part Examined as text'],
    ['status', 'token', 'registered or available'],
    ['endpoint', 'reference', 'All studies are at the same one'],
    ['instance', 'token', 'Narrows what a patient, an identifier or an id finds'],
    ['dicom-class', 'uri', 'Narrows what a patient, an identifier or an id finds'],
    ['_lastUpdated', 'date', 'Narrows what a patient, an identifier or an id finds'],
  ]),
};

export const ENDPOINT_CAPABILITY: CapabilityStatementRestResource = {
  type: 'Endpoint',
  profile: 'http://hl7.org/fhir/StructureDefinition/Endpoint',
  ...READ_AND_SEARCH,
  versioning: 'no-version',
  searchParam: searchParams([
    ['_id', 'token', 'dicom-wado-rs or dicom-qido-rs'],
    ['connection-type', 'token', 'The same'],
    ['status', 'token', 'active'],
  ]),
};
