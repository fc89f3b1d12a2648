export type {
  AuditEvent,
  AuditEventAgent,
  AuditEventEntity,
  Bundle,
  BundleEntry,
  CapabilityStatement,
  Coding,
  Composition,
  Consent,
  Device,
  Endpoint,
  Extension,
  HumanName,
  Identifier,
  ImagingStudy,
  ImagingStudySeries,
  ImagingStudySeriesInstance,
  MessageHeader,
  OperationOutcome,
  OperationOutcomeIssue,
  Organization,
  Parameters,
  Patient,
  PatientLink,
  Reference,
  Resource,
} from '@medplum/fhirtypes';
export { baseAddressOf } from './base-address.js';
export { capabilityStatement } from './capabilities/capability-statement.js';
export { dicomDate, fhirDate } from './date.js';
export { common, type DateRange, readDateRange } from './date-range.js';
export { type DateTest, type Period, readDateTest } from './date-test.js';
export { type Handling, handlingOf } from './handling.js';
export {
  type IdentifierSystem,
  type LocalIssuer,
  ORGANIZATION_SYSTEM,
  PERSON_SYSTEM,
  percentDecoded,
  RESIDENT_ID_SYSTEM,
  readSystem,
  systemOfHospital,
} from './identifier-systems.js';
export { FHIR_JSON } from './media-type.js';
export { type IssueType, operationOutcomes } from './operation-outcome.js';
export { SealedPages } from './sealed-pages.js';
export { SEARCH_ISSUES, searchProblems } from './search.errors.js';
export { SearchForm } from './search-form.js';
export { ignoredOutcome } from './search-outcome.js';
export { readSearchParameters, readText, readToken, type SearchParameter, type Token } from './search-parameter.js';
export { searchText } from './search-text.js';
export { type Searchset, searchsetOf } from './searchset.js';
export { SpeakFhir } from './speak-fhir.js';
