import { plannedOnce, type Sql } from '@yinglian/persistence';
import { type AskedRecord, numbersOf } from '../domain/finding/asked-record.js';
import { nearDates } from '../domain/finding/near-dates.js';
import { residentCodeOf } from '../domain/finding/resident-code.js';
import { heardAs, spellingsOf } from '../domain/finding/spellings.js';
import { residentIdsOf } from '../domain/identity/different-resident-ids.js';

export const MOST_CANDIDATES = 50;
// Of a frequent name, from the month and of no date: none of them is likelier than the next.
const FEW_OF_A_NAME = 10;
// Of those looked at along an index, so many for each that is found: the others have another resident id.
const LOOKED_AT = 10;

interface Wanted {
  readonly most?: number;
  /** Also who has another resident id than the record: somebody else. */
  readonly withOtherIds?: boolean;
}

/**
 * For each record the patients that may be the same person, those of the likeliest blocks first, at most `most`: an equal number; a name of
 * the same sound and the same birth date, or one that is not known; the same sound and a near birth date; the same birth date and surname.
 * A number, or a birth date and surname, that more than `most` share says nothing and is left out, but for numbers that only one person
 * has. The work is bounded by `most` and the count of numbers and names, whatever is frequent.
 */
export async function candidatesOf(sql: Sql, asked: readonly AskedRecord[], wanted: Wanted = {}): Promise<string[][]> {
  const { text, values } = candidatesSql(asked, wanted);
  const rows = await sql.query<{ asked: number; patient_no: string }>(text, values, 'candidates');
  const byAsked = Map.groupBy(rows, (row) => row.asked);
  return asked.map((_, at) => (byAsked.get(at) ?? []).map(({ patient_no: no }) => no));
}

function candidatesSql(asked: readonly AskedRecord[], { most = MOST_CANDIDATES, withOtherIds = true }: Wanted) {
  const heard = asked.map(({ name }) => spellingsOf(name).map(heardAs));
  const numbers = asked.flatMap((record, at) => numbersOf(record).map((number) => [at, number] as const));
  const sounds = heard.flatMap((names, at) =>
    [...new Set(names.flatMap(({ sound, otherSounds }) => [sound, ...otherSounds]))]
      .filter((sound) => sound !== 0)
      .map((sound) => [at, sound] as const),
  );
  const surnames = heard.flatMap((names, at) =>
    [...new Set(names.map(({ surname }) => surname))]
      .filter((surname) => surname !== 0)
      .map((surname) => [at, surname] as const),
  );
  return {
    text: CANDIDATES,
    values: [
      numbers.map(([at]) => at),
      numbers.map(([, number]) => number),
      sounds.map(([at]) => at),
      sounds.map(([, sound]) => sound),
      surnames.map(([at]) => at),
      surnames.map(([, surname]) => surname),
      asked.map(({ birthDate }) => (birthDate === null ? 0 : Number(birthDate))),
      asked.map(({ birthDate }) => (birthDate === null ? '{}' : `{${nearDates(birthDate)}}`)),
      most,
      FEW_OF_A_NAME,
      asked.map((record) => (withOtherIds ? 0 : residentCodeOf(residentIdsOf(record)))),
    ],
  };
}

/** Parameters side by side as rows. */
const listed = (...lists: Parameters<typeof plannedOnce>[]) =>
  `unnest(${lists.map((list) => plannedOnce(...list)).join(', ')})`;

/** Patients found along an index of names, at most so many of them, that may have the resident id of the record `born`. */
const found = (along: string, most: string) =>
  `SELECT patient_no FROM (SELECT patient_no, resident_code FROM patient_names WHERE ${along} LIMIT ${LOOKED_AT} * ${most}) n
   WHERE born.resident_code = 0 OR n.resident_code IN (0, born.resident_code) LIMIT ${most}`;

const CANDIDATES = `
  WITH born AS (
    SELECT at::int - 1 AS asked, birth_date, birth_date / 100 AS month, days::int[] AS near_days, resident_code
    FROM ${listed(['$7', 'int[]'], ['$8', 'text[]'], ['$11', 'int[]'])} WITH ORDINALITY AS born (birth_date, days, resident_code, at)
  ), sounds AS (
    SELECT * FROM ${listed(['$3', 'int[]'], ['$4', 'int[]'])} AS given (asked, sound)
    UNION SELECT given.asked, stored FROM ${listed(['$3', 'int[]'], ['$4', 'int[]'])} AS given (asked, sound) JOIN sound_aliases ON heard = given.sound
  ), numbered AS (
    SELECT asked, patient_no, claims, count(*) OVER (PARTITION BY asked, number) AS sharing
    FROM ${listed(['$1', 'int[]'], ['$2', 'text[]'])} AS given (asked, number) CROSS JOIN LATERAL (
      SELECT patient_no, claims FROM patient_numbers n WHERE n.number = given.number ORDER BY n.patient_no LIMIT $9 + 1
    ) one
  ), same_name AS (
    SELECT asked, patient_no, rank FROM sounds JOIN born USING (asked) CROSS JOIN LATERAL (
      SELECT patient_no, 3 AS rank FROM (${found('sound = sounds.sound AND birth_date = born.birth_date AND born.birth_date <> 0', '$9')}) same_date
      UNION ALL
      SELECT patient_no, 4 FROM (${found('sound = sounds.sound AND birth_date = 0', '$10')}) no_date
    ) one
  ), of_no_date AS (
    SELECT asked, patient_no, count(*) OVER (PARTITION BY asked, sounds.sound) AS sharing
    FROM sounds JOIN born USING (asked) CROSS JOIN LATERAL (
      ${found('sound = sounds.sound AND born.birth_date = 0', '($9 + 1)')}
    ) one
  ), near AS (
    SELECT asked, patient_no FROM sounds JOIN born USING (asked) CROSS JOIN LATERAL (
      SELECT patient_no FROM (${found('sound = sounds.sound AND birth_date BETWEEN born.month * 100 + 1 AND born.month * 100 + 99', '$10')}) same_month
      UNION ALL
      SELECT patient_no FROM (${found('sound = sounds.sound AND birth_date = ANY (born.near_days)', '$9')}) near_day
    ) one
  ), same_surname AS (
    SELECT asked, patient_no, count(*) OVER (PARTITION BY asked, given.surname) AS sharing
    FROM ${listed(['$5', 'int[]'], ['$6', 'int[]'])} AS given (asked, surname) JOIN born USING (asked) CROSS JOIN LATERAL (
      ${found('birth_date = born.birth_date AND surname = given.surname AND born.birth_date <> 0', '($9 + 1)')}
    ) one
  ), ranked AS (
    SELECT asked, patient_no, min(rank) AS rank FROM (
      SELECT asked, patient_no, CASE WHEN claims THEN 1 ELSE 2 END AS rank FROM numbered WHERE claims OR sharing <= $9
      UNION ALL SELECT asked, patient_no, rank FROM same_name
      UNION ALL SELECT asked, patient_no, 5 FROM of_no_date WHERE sharing <= $9
      UNION ALL SELECT asked, patient_no, 6 FROM near
      UNION ALL SELECT asked, patient_no, 7 FROM same_surname WHERE sharing <= $9
    ) one GROUP BY asked, patient_no
  )
  SELECT asked, patient_no FROM (
    SELECT *, row_number() OVER (PARTITION BY asked ORDER BY rank, patient_no) AS place FROM ranked
  ) placed WHERE place <= $9 ORDER BY asked, place`;
