import type { CapabilityStatementRestResource } from '@medplum/fhirtypes';
import { searchParams } from './search-params.js';

/** Served by consent-audit, whose test holds this against what it reads. */
export const CONSENT_CAPABILITY: CapabilityStatementRestResource = {
  type: 'Consent',
  profile: 'http://hl7.org/fhir/StructureDefinition/Consent',
  interaction: [{ code: 'read' }, { code: 'search-type' }, { code: 'create' }, { code: 'update' }],
  versioning: 'versioned',
  readHistory: false,
  updateCreate: false,
  searchParam: searchParams([
    ['patient', 'reference', 'Any of the ids that are one person; needed'],
    ['status', 'token', 'active or inactive'],
  ]),
};
