export type {
  Bundle,
  BundleEntry,
  CapabilityStatement,
  CapabilityStatementRestResourceSearchParam,
  Extension,
  HumanName,
  Identifier,
  MessageHeader,
  OperationOutcome,
  OperationOutcomeIssue,
  Parameters,
  Patient,
  PatientLink,
} from '@medplum/fhirtypes';
export { baseAddressOf } from './base-address.js';
export { dicomDate, fhirDate } from './date.js';
export { common, type DateRange, readDateRange } from './date-range.js';
export { handlingOf } from './handling.js';
export { FHIR_JSON } from './media-type.js';
export { type IssueType, operationOutcomes } from './operation-outcome.js';
export { readSearchParameters, readText, readToken, type SearchParameter, type Token } from './search-parameter.js';
export { type Searchset, searchsetOf } from './searchset.js';
export { SpeakFhir } from './speak-fhir.js';
