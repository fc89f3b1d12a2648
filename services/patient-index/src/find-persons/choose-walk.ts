import type { Sql } from '@yinglian/persistence';
import { findNames, NAMES_AT_ONCE, type Walk } from '../storage/person-walk.store.js';
import type { PersonQuery } from './person-query.js';

/**
 * The index with the fewest rows to go along; null when nobody can be found.
 * @param begun of the pages before: the walk stays the same to the end
 */
export async function chooseWalk(sql: Sql, query: PersonQuery, begun: Walk['along'] | null): Promise<Walk | null> {
  const { number, localId, name, birthDate } = query;
  if (name === 'nobody') return null;
  if (number !== null) return { along: 'number', number };
  if (localId !== null) return { along: 'local-id', localId };
  if (birthDate === null) return name === null ? null : { along: 'names', name };
  if (name === null || begun === 'birth-date') return { along: 'birth-date', birthDate, name };
  const nameIds = await findNames(sql, name, 0);
  // Half of a province is found by a frequent syllable: then the date is the narrower of the two.
  if (nameIds.length === NAMES_AT_ONCE && begun === null) return { along: 'birth-date', birthDate, name };
  return { along: 'names-on-date', nameIds, birthDate };
}
