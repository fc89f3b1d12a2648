import { PersonId } from '@yinglian/contracts';
import { type Patient, PERSON_SYSTEM, readSystem, systemOfHospital } from '@yinglian/fhir';

/** By what somebody is found: one of these, each with name and birth date if those are asked for too. */
export type IdentifierKey =
  | { readonly kind: 'person'; readonly personId: string }
  | { readonly kind: 'number'; readonly idNumber: string }
  | { readonly kind: 'local'; readonly localId: string; readonly hospital?: string; readonly issuer?: string };

/** What an identifier may be: a value of no particular system (null) is anything. */
export function identifierKeysOf(system: string | null, value: string): IdentifierKey[] {
  const person = PersonId.safeParse(value).data;
  const byPerson = person === undefined ? [] : [{ kind: 'person' as const, personId: person }];
  if (system === null) return [...byPerson, { kind: 'number', idNumber: value }, { kind: 'local', localId: value }];
  const known = readSystem(system);
  switch (known?.kind) {
    case 'person':
      return byPerson;
    case 'resident-id':
      return [{ kind: 'number', idNumber: value }];
    case 'hospital':
      return [{ kind: 'local', localId: value, hospital: known.hospital, issuer: known.issuer }];
    default:
      return [];
  }
}

/** A resident id is masked, so that it cannot be looked for in what was found. */
export const isShown = (key: IdentifierKey): boolean => key.kind !== 'number';

/** Whether the Patient shows it; of what is masked, the index alone knows. */
export const hasIdentifier = ({ identifier = [] }: Patient, key: IdentifierKey): boolean =>
  key.kind === 'number' || identifier.some(({ system, value }) => isIt(system, value, key));

function isIt(
  system: string | undefined,
  value: string | undefined,
  key: Exclude<IdentifierKey, { kind: 'number' }>,
): boolean {
  if (key.kind === 'person') return system === PERSON_SYSTEM && value === key.personId;
  const { hospital, issuer = '', localId } = key;
  if (value !== localId) return false;
  return hospital === undefined ? system !== PERSON_SYSTEM : system === systemOfHospital({ hospital, issuer });
}
