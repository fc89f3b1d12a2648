import { plannedOnce, type Sql } from '@yinglian/persistence';
import type { AskedRecord } from '../domain/finding/asked-record.js';
import { heardAs, spellingsOf } from '../domain/finding/spellings.js';
import { MOST_CANDIDATES } from './candidate.store.js';

/**
 * Patients of whom only the birth date, or only the sound of the name, is that of the record: those of the date first, at most `most`. A date
 * or a sound that more than `most` share says nothing and is left out, so that the work is bounded.
 */
export async function looseCandidatesOf(sql: Sql, asked: AskedRecord, most = MOST_CANDIDATES): Promise<string[]> {
  const heard = spellingsOf(asked.name).map(heardAs);
  const sounds = new Set(heard.flatMap(({ sound, otherSounds }) => [sound, ...otherSounds]));
  const rows = await sql.query<{ patient_no: string }>(
    LOOSE_CANDIDATES,
    [[...sounds].filter((sound) => sound !== 0), Number(asked.birthDate ?? 0), most],
    'loose-candidates',
  );
  return rows.map(({ patient_no: no }) => no);
}

const LOOSE_CANDIDATES = `
  WITH sounds AS (
    SELECT sound FROM unnest(${plannedOnce('$1', 'int[]')}) AS given (sound)
    UNION SELECT stored FROM unnest(${plannedOnce('$1', 'int[]')}) AS given (sound) JOIN sound_aliases ON heard = given.sound
  ), same_date AS (
    SELECT patient_no, count(*) OVER () AS sharing FROM (
      SELECT patient_no FROM patient_names WHERE birth_date = $2 AND birth_date <> 0 LIMIT $3 + 1
    ) one
  ), same_sound AS (
    SELECT patient_no, count(*) OVER (PARTITION BY sounds.sound) AS sharing FROM sounds CROSS JOIN LATERAL (
      SELECT patient_no FROM patient_names n WHERE n.sound = sounds.sound LIMIT $3 + 1
    ) one
  )
  SELECT patient_no FROM (
    SELECT patient_no, 1 AS rank FROM same_date WHERE sharing <= $3
    UNION ALL SELECT patient_no, 2 FROM same_sound WHERE sharing <= $3
  ) one GROUP BY patient_no ORDER BY min(rank), patient_no LIMIT $3`;
