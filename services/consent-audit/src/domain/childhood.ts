/** Until then a parent or guardian decides, from then on the child (个人信息保护法, article 31). */
const OF_AGE_YEARS = 14;
/** Birthdays begin at midnight in China, which has one time zone. */
const CHINA_MS = 8 * 3_600_000;

/**
 * The instant of the 14th birthday. Who is born on 29 February has it on 1 March of a year without one.
 * @param birthDate YYYYMMDD; anything else is no date, and null
 */
export function fourteenthBirthday(birthDate: string): Date | null {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(birthDate) ?? [];
  if (year === undefined) return null;
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  const born = new Date(Date.UTC(y, m - 1, d));
  if (born.getUTCMonth() !== m - 1 || born.getUTCDate() !== d) return null;
  return new Date(Date.UTC(y + OF_AGE_YEARS, m - 1, d) - CHINA_MS);
}

export type Speaker = 'patient' | 'guardian' | 'proxy' | 'heir';

/** Whether somebody may speak of the person's data: null, or why not. An heir's proof says that the person is dead. */
export function speaksFor(
  speaker: Speaker,
  ofAgeAt: Date | null,
  now: Date,
): 'GUARDIAN_NEEDED' | 'GUARDIAN_NO_MORE' | 'BIRTH_DATE_UNKNOWN' | null {
  if (speaker === 'heir') return null;
  if (ofAgeAt === null) return speaker === 'guardian' ? 'BIRTH_DATE_UNKNOWN' : null;
  const isChild = now < ofAgeAt;
  if (isChild) return speaker === 'guardian' ? null : 'GUARDIAN_NEEDED';
  return speaker === 'guardian' ? 'GUARDIAN_NO_MORE' : null;
}
