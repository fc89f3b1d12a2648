import type { CapabilityStatementRestResource } from '@medplum/fhirtypes';
import { searchParams } from './search-params.js';

/** Served by patient-index, whose test holds this against what it reads. */
export const PATIENT_CAPABILITY: CapabilityStatementRestResource = {
  type: 'Patient',
  profile: 'http://hl7.org/fhir/StructureDefinition/Patient',
  interaction: [{ code: 'read' }, { code: 'search-type' }, { code: 'create' }, { code: 'update' }],
  versioning: 'versioned',
  readHistory: false,
  conditionalRead: 'not-match',
  updateCreate: false,
  conditionalUpdate: true,
  conditionalDelete: 'not-supported',
  searchParam: searchParams([
    ['_id', 'token', 'With active, birthdate and gender only. Whoever was merged is found, inactive'],
    ['identifier', 'token', 'system|value, value, or systems alone to choose which identifiers are shown (ITI-78)'],
    ['name', 'string', 'Characters in a run, pinyin or initials; exact'],
    ['family', 'string', 'Begins so in characters, or sounds so in pinyin; exact'],
    ['given', 'string', 'Begins so in characters, or sounds so in pinyin; exact'],
    ['birthdate', 'date', 'A day finds; a range narrows what something else finds'],
    ['gender', 'token', 'Narrows what something else finds'],
    ['active', 'token', 'Only _id finds who is inactive'],
  ]),
  operation: [
    { name: 'match', definition: 'http://hl7.org/fhir/OperationDefinition/Patient-match' },
    { name: 'ihe-pix', definition: 'https://profiles.ihe.net/ITI/PIXm/OperationDefinition/IHE.PIXm.pix' },
  ],
};
