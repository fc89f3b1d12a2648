import type { Endpoint } from '@yinglian/fhir';

const CONNECTION_TYPES = 'http://terminology.hl7.org/CodeSystem/endpoint-connection-type';

/** What is had there is none of the documents that FHIR has codes for; MADO wants it said so. */
const NO_DOCUMENT = {
  system: 'http://terminology.hl7.org/CodeSystem/endpoint-payload-type',
  code: 'none',
  display: 'None',
};

/** Also the codes of their connection types. */
export const WADO_ENDPOINT = 'dicom-wado-rs';
export const QIDO_ENDPOINT = 'dicom-qido-rs';

/** Where all studies of the province are had (http://hl7.org/fhir/R4/endpoint.html); each address is what /studies follows. */
export const endpointResources = (dicomWebRoot: string): Endpoint[] => [
  endpoint(
    WADO_ENDPOINT,
    'Retrieve images',
    'DICOM WADO-RS',
    ['application/dicom', 'application/dicom+json'],
    dicomWebRoot,
  ),
  endpoint(QIDO_ENDPOINT, 'Search for images', 'DICOM QIDO-RS', ['application/dicom+json'], dicomWebRoot),
];

const endpoint = (id: string, name: string, says: string, payloadMimeType: string[], address: string): Endpoint => ({
  resourceType: 'Endpoint',
  id,
  status: 'active',
  connectionType: { system: CONNECTION_TYPES, code: id, display: says },
  name,
  payloadType: [{ coding: [NO_DOCUMENT], text: says }],
  payloadMimeType,
  address,
});
