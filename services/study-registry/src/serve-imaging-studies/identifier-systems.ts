/** http://hl7.org/fhir/R4/imagingstudy.html#notes: Study Instance UIDs are written as urn:oid. */
export const UID_SYSTEM = 'urn:dicom:uid';

/** Accession numbers are a hospital's own. */
export const accessionSystemOf = (hospital: string): string => `urn:yinglian:accession:${hospital}`;
export const ACCESSION_SYSTEM = /^urn:yinglian:accession:([A-Z][A-Z0-9]{1,15})$/;

/** PS3.16, as FHIR calls it. */
export const DICOM_SYSTEM = 'http://dicom.nema.org/resources/ontology/DCM';
export const SNOMED_SYSTEM = 'http://snomed.info/sct';
/** Of codes that are identifiers themselves, as SOP classes are. */
export const URI_SYSTEM = 'urn:ietf:rfc:3986';
