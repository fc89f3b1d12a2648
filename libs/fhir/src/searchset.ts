import type { Bundle, BundleEntry, BundleLink, OperationOutcome, Resource } from '@medplum/fhirtypes';

export interface Searchset<Found extends Resource> {
  readonly entries: readonly BundleEntry<Found | OperationOutcome>[];
  /** The search as it was understood. */
  readonly self: string;
  readonly next?: string | undefined;
  /** Left out when it would have to be counted. */
  readonly total?: number | undefined;
}

/** http://hl7.org/fhir/R4/bundle.html#searchset */
export function searchsetOf<Found extends Resource>({
  entries,
  self,
  next,
  total,
}: Searchset<Found>): Bundle<Found | OperationOutcome> {
  const link: BundleLink[] = [
    { relation: 'self', url: self },
    ...(next === undefined ? [] : [{ relation: 'next', url: next }]),
  ];
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    ...(total === undefined ? {} : { total }),
    link,
    // An empty array is no FHIR (http://hl7.org/fhir/R4/json.html).
    ...(entries.length === 0 ? {} : { entry: [...entries] }),
  };
}
