import type { LocalPatientKey } from '@yinglian/contracts';
import type { AssigningAuthorities, Authority } from './assigning-authorities.js';

export interface PersonIdentifier {
  readonly id: string;
  readonly authority: Authority;
}

/**
 * The numbers of a person, of these domains (none: of all): the province's own, and those of each hospital whose numbers have a name
 * here. Resident ids are not told.
 */
export function identifiersOfPerson(
  { personId, patients }: { readonly personId: string; readonly patients: readonly LocalPatientKey[] },
  domains: readonly Authority[],
  authorities: AssigningAuthorities,
): PersonIdentifier[] {
  const local = patients.flatMap((patient): PersonIdentifier[] => {
    const authority = authorities.ofPatient(patient);
    return authority === undefined ? [] : [{ id: patient.id, authority }];
  });
  const all = [{ id: personId, authority: authorities.province }, ...local];
  return all.filter(({ authority }) => domains.length === 0 || domains.includes(authority));
}
