import type { PersonView } from '../find-persons/present-persons.js';
import type { DemographicsQuery } from './demographics-query.js';

/** What the search by index does not look at: sex, an issuer of several, and all else when it is the id of a person. */
export function appliesTo({ id, sex, name, birthDate }: DemographicsQuery, person: PersonView): boolean {
  const isOfSex = sex === null || person.sex === sex;
  switch (id?.authority?.kind) {
    case 'person': {
      const isNamed = name === null || [person.name, ...person.otherNames].includes(name);
      return isOfSex && isNamed && (birthDate === null || person.birthDate === birthDate);
    }
    case 'hospital': {
      const { hospital, issuer } = id.authority;
      return (
        isOfSex &&
        person.patients.some((one) => one.id === id.value && one.hospital === hospital && one.issuer === issuer)
      );
    }
    default:
      return isOfSex;
  }
}
