import type { LocalPatientKey } from '@yinglian/contracts';
import type { Sql } from '@yinglian/persistence';
import { readResidentId } from '../domain/identity/resident-id.js';
import { numberOf } from '../domain/identity/strong-numbers.js';
import type { Authority } from '../serve-pix/assigning-authorities.js';
import { holdersOf } from '../storage/number.store.js';
import { knownPatients, patientsOfHomes } from '../storage/patient.store.js';
import { personsInGroupsOf } from '../storage/person.store.js';

/** Who stands for a person outside, with the numbers of everybody who is one with them. */
export interface FoundPerson {
  readonly personId: string;
  readonly patients: readonly LocalPatientKey[];
}

/** Whose number it is; null when it is nobody's. */
export async function findPerson(sql: Sql, authority: Authority, id: string, now: Date): Promise<FoundPerson | null> {
  // No number has control characters, and PostgreSQL takes no NUL.
  const homeId = /\p{Cc}/u.test(id) ? null : await homeOf(sql, authority, id, now);
  if (homeId === null) return null;
  const persons = await personsInGroupsOf(sql, [homeId]);
  const found = persons.find(({ personId }) => personId === homeId);
  if (found === undefined) return null;
  const homes = persons.map(({ personId }) => personId);
  return { personId: found.survivorId, patients: (await patientsOfHomes(sql, homes)).map(({ patient }) => patient) };
}

async function homeOf(sql: Sql, authority: Authority, id: string, now: Date): Promise<string | null> {
  switch (authority.kind) {
    case 'person':
      return id;
    case 'resident': {
      const read = readResidentId(id, now.toISOString().slice(0, 10).replaceAll('-', ''));
      if (read === null) return null;
      const number = numberOf('RESIDENT_ID', read.number);
      return (await holdersOf(sql, [number])).get(number) ?? null;
    }
    case 'hospital': {
      const { hospital, issuer } = authority;
      const [known] = await knownPatients(sql, [{ hospital, issuer, id }]);
      return known?.homeId ?? null;
    }
  }
}
