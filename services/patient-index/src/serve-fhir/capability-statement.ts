import type { CapabilityStatement, CapabilityStatementRestResourceSearchParam } from '@yinglian/fhir';

const PARAMETERS: readonly [name: string, type: CapabilityStatementRestResourceSearchParam['type'], says: string][] = [
  ['_id', 'token', 'With active, birthdate and gender only. Whoever was merged is found, inactive'],
  ['identifier', 'token', 'system|value, value, or systems alone to choose which identifiers are shown (ITI-78)'],
  ['name', 'string', 'Characters in a run, pinyin or initials; exact'],
  ['family', 'string', 'Begins so in characters, or sounds so in pinyin; exact'],
  ['given', 'string', 'Begins so in characters, or sounds so in pinyin; exact'],
  ['birthdate', 'date', 'A day finds; a range narrows what something else finds'],
  ['gender', 'token', 'Narrows what something else finds'],
  ['active', 'token', 'Only _id finds who is inactive'],
];

/** What this server does (http://hl7.org/fhir/R4/capabilitystatement.html). */
export const capabilityStatement = (base: string, date: string): CapabilityStatement => ({
  resourceType: 'CapabilityStatement',
  id: 'yinglian-patient-index',
  url: `${base}/metadata`,
  version: '1.0.0',
  name: 'YinglianPatientIndex',
  title: 'Yinglian patient index',
  status: 'active',
  date,
  publisher: 'Yinglian',
  description: 'Who a patient is, province-wide: PDQm, PIXm and a patient feed',
  kind: 'instance',
  software: { name: 'Yinglian patient-index' },
  implementation: { description: 'The patient index of this province', url: base },
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
        service: [
          {
            coding: [
              {
                system: 'http://terminology.hl7.org/CodeSystem/restful-security-service',
                code: 'OAuth',
                display: 'OAuth',
              },
            ],
          },
        ],
        description:
          'Bearer tokens of the province’s OpenID provider: clinicians and stewards, or programs of hospitals with the scopes persons:read and patients:write. The purpose of use rides in the header x-purpose-of-use.',
      },
      resource: [
        {
          type: 'Patient',
          profile: 'http://hl7.org/fhir/StructureDefinition/Patient',
          interaction: [{ code: 'read' }, { code: 'search-type' }, { code: 'create' }, { code: 'update' }],
          versioning: 'versioned',
          readHistory: false,
          conditionalRead: 'not-match',
          updateCreate: false,
          conditionalUpdate: true,
          conditionalDelete: 'not-supported',
          searchParam: PARAMETERS.map(([name, type, documentation]) => ({ name, type, documentation })),
          operation: [
            { name: 'match', definition: 'http://hl7.org/fhir/OperationDefinition/Patient-match' },
            { name: 'ihe-pix', definition: 'https://profiles.ihe.net/ITI/PIXm/OperationDefinition/IHE.PIXm.pix' },
          ],
        },
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
