import type { CapabilityStatement } from '@medplum/fhirtypes';
import { AUDIT_EVENT_CAPABILITY } from './audit-capability.js';
import { CONSENT_CAPABILITY } from './consent-capability.js';
import { ENDPOINT_CAPABILITY, IMAGING_STUDY_CAPABILITY } from './imaging-capabilities.js';
import { PATIENT_CAPABILITY } from './patient-capability.js';

const OAUTH = {
  system: 'http://terminology.hl7.org/CodeSystem/restful-security-service',
  code: 'OAuth',
  display: 'OAuth',
};

/** What this FHIR server does (http://hl7.org/fhir/R4/capabilitystatement.html): one statement of all services behind it (ADR 0031). */
export const capabilityStatement = (base: string, date: string): CapabilityStatement => ({
  resourceType: 'CapabilityStatement',
  id: 'yinglian',
  url: `${base}/metadata`,
  version: '1.2.0',
  name: 'Yinglian',
  title: 'Yinglian',
  status: 'active',
  date,
  publisher: 'Yinglian',
  description:
    'Who a patient is, province-wide (PDQm, PIXm and a patient feed), what imaging studies there are of them, whom they share these with, and who looked at them',
  kind: 'instance',
  software: { name: 'Yinglian' },
  implementation: { description: 'The imaging cloud of this province', url: base },
  fhirVersion: '4.0.1',
  format: ['application/fhir+json', 'json'],
  instantiates: [
    'https://profiles.ihe.net/ITI/PDQm/CapabilityStatement/IHE.PDQm.Supplier',
    'https://profiles.ihe.net/ITI/PIXm/CapabilityStatement/IHE.PIXm.Manager',
  ],
  rest: [
    {
      mode: 'server',
      security: {
        service: [{ coding: [OAUTH] }],
        description:
          'Bearer tokens of the province’s OpenID provider: clinicians and stewards, or programs of hospitals with the scopes persons:read, patients:write and consents:write. Imaging studies are for people only. The purpose of use rides in the header x-purpose-of-use.',
      },
      resource: [
        PATIENT_CAPABILITY,
        IMAGING_STUDY_CAPABILITY,
        ENDPOINT_CAPABILITY,
        CONSENT_CAPABILITY,
        AUDIT_EVENT_CAPABILITY,
      ],
      operation: [
        {
          name: 'process-message',
          definition: 'http://hl7.org/fhir/OperationDefinition/MessageHeader-process-message',
        },
      ],
    },
  ],
});
