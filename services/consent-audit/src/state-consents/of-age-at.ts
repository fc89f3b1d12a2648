import type { Sql } from '@yinglian/persistence';
import { fourteenthBirthday } from '../domain/childhood.js';
import { birthDateOf } from '../storage/birth-dates.js';

/** The 14th birthday of these persons, who are one; null when nobody has said when they were born. */
export async function ofAgeAt(sql: Sql, personIds: readonly string[]): Promise<Date | null> {
  const born = await birthDateOf(sql, personIds);
  return born === undefined ? null : fourteenthBirthday(born);
}
