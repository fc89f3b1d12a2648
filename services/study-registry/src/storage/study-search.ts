import { createHash } from 'node:crypto';
import type { Database, Sql } from '@yinglian/persistence';
import { hasWildcard } from '../domain/matching.js';
import type { StudyQuery } from '../find-studies/study-query.js';
import { after, type Parameter, range, studyConditions } from './study-conditions.js';
import { LISTED_COLUMNS, STUDY_COLUMNS, type StudyResultRow, type StudyRow } from './study-row.js';

export interface StudyPage {
  readonly limit: number;
  readonly offset: number;
  /** Only persons of whom this hospital has made a study itself; null for everybody's. */
  readonly treatedBy: string | null;
}

/** Rows that are fetched for a page: a few sizes, so that each kind of search is one statement that is planned once. */
const FETCHED = [26, 101, 201, 501, 1_001] as const;

/** A search that no index serves looks through a hospital's whole list; beyond this it is given up. */
const LONGEST_SEARCH_MS = 10_000;
/** PostgreSQL's query_canceled. */
const CANCELLED = '57014';

export class SearchTookTooLong extends Error {
  override readonly name = 'SearchTookTooLong';
}

/**
 * Newest first, the UID where date and time are equal: one order for every list, so that pages do not overlap.
 * @throws SearchTookTooLong
 */
export function findStudies(
  database: Database,
  query: StudyQuery,
  page: StudyPage,
  longestMs = LONGEST_SEARCH_MS,
): Promise<StudyRow[]> {
  return find<StudyRow>(database, query, page, STUDY_COLUMNS, longestMs);
}

/** The same, of each what a search tells. @throws SearchTookTooLong */
export const listStudies = (database: Database, query: StudyQuery, page: StudyPage): Promise<StudyResultRow[]> =>
  find<StudyResultRow>(database, query, page, LISTED_COLUMNS, LONGEST_SEARCH_MS);

async function find<Row extends object>(
  database: Database,
  query: StudyQuery,
  page: StudyPage,
  columns: string,
  longestMs: number,
): Promise<Row[]> {
  const { text, values } = studySearchSql(query, page, columns);
  const found = isUsual(query, page)
    ? await database.query<Row>(text, values, nameOf(text))
    : await withinTime(database, longestMs, (sql) => sql.query<Row>(text, values));
  return found.slice(0, page.limit);
}

async function withinTime<T>(database: Database, longestMs: number, search: (sql: Sql) => Promise<T>): Promise<T> {
  try {
    return await database.transaction(async (tx) => {
      await tx.query(`SET LOCAL statement_timeout = ${longestMs}`);
      return search(tx);
    });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === CANCELLED) throw new SearchTookTooLong();
    throw error;
  }
}

/** Searches whose best plan is the same whatever the values are: by what is rare, or down a hospital's list. */
function isUsual(query: StudyQuery, { treatedBy, offset }: StudyPage): boolean {
  if (treatedBy !== null) return isToldByList(query);
  const { studyUids, personIds, patientId, accessionNumber } = query;
  const isEqual = (key: string | undefined) => key !== undefined && !hasWildcard(key);
  return (
    offset === 0 &&
    (studyUids !== undefined || personIds !== undefined || isEqual(patientId) || isEqual(accessionNumber))
  );
}

/** What a list has of its studies. */
const ON_LIST: ReadonlySet<string> = new Set<keyof StudyQuery>(['studyDate', 'modalities', 'after']);

const isToldByList = (query: StudyQuery) => Object.keys(query).every((key) => ON_LIST.has(key));

const nameOf = (text: string) => `studies-${createHash('sha1').update(text).digest('hex')}`;

/** The statement by itself, so that its plan can be looked at. */
export function studySearchSql(query: StudyQuery, { limit, offset, treatedBy }: StudyPage, columns = STUDY_COLUMNS) {
  const values: unknown[] = [];
  const value = (given: unknown) => `$${values.push(given)}`;
  const rows = FETCHED.find((size) => size >= limit) ?? limit;
  const page = () => `LIMIT ${rows} OFFSET ${value(offset)}`;
  const of = (conditions: readonly string[]) => (conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`);
  const text = () => {
    if (treatedBy === null) {
      return `SELECT ${columns} FROM shown_studies ${of(studyConditions(query, value))}
        ORDER BY study_date DESC, study_time DESC, study_uid ${page()}`;
    }
    const inList = listConditions(query, treatedBy, value);
    // What is passed over is not looked up among the studies.
    if (isToldByList(query)) {
      return `SELECT ${columns} FROM (SELECT study_uid, listed_date, listed_time FROM treated_studies ${of(inList)}
          ORDER BY ${LIST_ORDER} ${page()}) AS page
        JOIN shown_studies USING (study_uid) ORDER BY ${LIST_ORDER}`;
    }
    return `SELECT ${columns} FROM treated_studies JOIN shown_studies USING (study_uid)
      ${of([...inList, ...studyConditions(query, value)])} ORDER BY ${LIST_ORDER} ${page()}`;
  };
  return { text: text(), values };
}

const LIST_ORDER = 'listed_date DESC, listed_time DESC, study_uid';

/** What a hospital's list itself can tell, without a look at the studies. */
const listConditions = (
  { studyDate, modalities, after: place }: StudyQuery,
  hospital: string,
  value: Parameter,
): string[] => [
  `treating_hospital = ${value(hospital)}`,
  ...range('listed_date', studyDate, value),
  ...(modalities === undefined ? [] : [`listed_modalities && ${value(modalities)}::text[]`]),
  ...after(place, value, 'listed'),
];
