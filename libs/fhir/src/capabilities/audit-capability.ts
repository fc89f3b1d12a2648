import type { CapabilityStatementRestResource } from '@medplum/fhirtypes';
import { searchParams } from './search-params.js';

/** Served by consent-audit, whose test holds this against what it reads. */
export const AUDIT_EVENT_CAPABILITY: CapabilityStatementRestResource = {
  type: 'AuditEvent',
  profile: 'http://hl7.org/fhir/StructureDefinition/AuditEvent',
  supportedProfile: ['Query', 'PatientQuery', 'Read', 'PatientRead'].map(
    (name) => `https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.${name}`,
  ),
  interaction: [{ code: 'read' }, { code: 'search-type' }],
  versioning: 'no-version',
  searchParam: searchParams([
    ['date', 'date', 'Instants and days, without ne and ap; repeated, within both. Without a zone, in the province’s'],
    ['patient', 'reference', 'Any of the ids that are one person'],
    ['agent', 'reference', 'An account, by its identifier: agent:identifier=urn:yinglian:account|dr.lin'],
    ['agent-name', 'string', 'A part of the name of who acted, or the whole account'],
    ['entity', 'reference', 'a Patient, or an ImagingStudy by its Study Instance UID'],
    ['outcome', 'token', '0 permitted, 8 refused'],
  ]),
};
