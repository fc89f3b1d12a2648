import type { Sql } from '@yinglian/persistence';
import { groupMembersOf, namesOfPatients } from '../storage/group-member.store.js';
import { type Place, type Walk, type WalkedRow, walkOn } from '../storage/person-walk.store.js';
import { applies, comparePlaces, firstPlace, type MetGroup } from './met-group.js';
import type { PersonQuery } from './person-query.js';

// Rows that are read at once, then at once again, and so on: most searches are narrow, and none reads more for one page.
const ROWS_AT_ONCE = [50, 200, 800, 1_000];

export interface PageOfPersons {
  readonly personIds: readonly string[];
  /** Where the next page begins; null when there is none. The page may be short before that: so many others were passed over. */
  readonly next: Place | null;
}

export async function pageOfPersons(
  sql: Sql,
  query: PersonQuery,
  walk: Walk,
  after: Place,
  limit: number,
): Promise<PageOfPersons> {
  const found: { personId: string; place: Place }[] = [];
  let from = after;
  for (const rowsAtOnce of ROWS_AT_ONCE) {
    const { rows, next } = await walkOn(sql, walk, from, Math.max(rowsAtOnce, limit + 1));
    found.push(...(await firstMet(sql, query, walk, rows)));
    // One more than asked for: whether there is another page is known.
    if (found.length > limit) return { personIds: idsOf(found.slice(0, limit)), next: found[limit - 1]?.place ?? null };
    if (next === null) return { personIds: idsOf(found), next };
    from = next;
  }
  return { personIds: idsOf(found), next: from };
}

const idsOf = (found: readonly { personId: string }[]) => found.map(({ personId }) => personId);

/** Persons to whom all applies and whom the walk meets first in these rows. */
async function firstMet(sql: Sql, query: PersonQuery, walk: Walk, rows: readonly WalkedRow[]) {
  if (rows.length === 0) return [];
  const firsts = new Map<number, { personId: string; place: Place }>();
  for (const group of await groupsOf(sql, query, rows)) {
    const place = applies(query, group) ? firstPlace(walk, group) : undefined;
    const patientNo = place?.at(-1);
    if (place !== undefined && patientNo !== undefined) firsts.set(patientNo, { personId: group.survivorId, place });
  }
  return rows.flatMap(({ patientNo, place }) => {
    const first = firsts.get(patientNo);
    return first !== undefined && comparePlaces(first.place, place) === 0 ? [first] : [];
  });
}

async function groupsOf(sql: Sql, query: PersonQuery, rows: readonly WalkedRow[]): Promise<MetGroup[]> {
  const { number, birthDate } = query;
  const name = query.name === 'nobody' ? null : query.name;
  const members = await groupMembersOf(sql, [...new Set(rows.map(({ patientNo }) => patientNo))], number);
  const patientNos = members.map(({ patientNo }) => patientNo);
  const isCalled = name !== null || birthDate !== null;
  const called = Map.groupBy(isCalled ? await namesOfPatients(sql, patientNos, name) : [], (one) => one.patientNo);
  return [...Map.groupBy(members, ({ survivorId }) => survivorId)].map(([survivorId, ofOne]) => ({
    survivorId,
    members: ofOne,
    called: ofOne.flatMap(({ patientNo }) => called.get(patientNo) ?? []),
  }));
}
