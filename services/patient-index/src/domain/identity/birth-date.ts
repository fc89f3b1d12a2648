import { plain } from '@yinglian/names';
import type { Flag } from './flags.js';

const OLDEST_YEAR = 1850;
// First days of the calendars of SQL Server, OLE, spreadsheets and programs: nobody who lives was born on them.
const PLACEHOLDERS = ['00010101', '17530101', '18991230', '18991231', '19000101'];
const NOTHING_SAID = /^[\s0/.年月日-]*$/;

/** YYYYMMDD, as stated; null when not stated or no day. */
export interface ReadBirthDate {
  readonly birthDate: string | null;
  readonly flag: Flag | null;
}

/** Reads 19491231, 1949-12-31, 1949/1/5, 1949年12月31日, each with a time or without. `today` is YYYYMMDD. */
export function readBirthDate(text: string, today: string): ReadBirthDate {
  const stated = plain(text);
  if (NOTHING_SAID.test(stated)) return { birthDate: null, flag: null };
  const date = daysDigits(stated);
  if (PLACEHOLDERS.includes(date)) return { birthDate: null, flag: 'BIRTH_DATE_PLACEHOLDER' };
  if (isDate(date) && date <= today) return { birthDate: date, flag: null };
  const incomplete = /^(1[89]|20)\d\d([./年-]?(0?[1-9]|1[0-2]|00)?月?)?(00)?$/.test(stated);
  return { birthDate: null, flag: incomplete ? 'BIRTH_DATE_INCOMPLETE' : 'BIRTH_DATE_IMPOSSIBLE' };
}

function daysDigits(stated: string): string {
  const parts = /^(\d{4})[./年-](\d{1,2})[./月-](\d{1,2})日?(?=$|[\sT])/.exec(stated);
  if (parts !== null) return `${parts[1]}${parts[2]?.padStart(2, '0')}${parts[3]?.padStart(2, '0')}`;
  // HL7 v2 DTM: a time and a zone may follow.
  return /^(\d{4}\s?\d\d\s?\d\d)(?=$|[\sT]|\d{2,6}(\.\d+)?([+-]\d{4})?$)/.exec(stated)?.[1]?.replace(/\s/g, '') ?? '';
}

/** Whether the text is a day that was, YYYYMMDD. */
export function isDate(text: string): boolean {
  if (!/^\d{8}$/.test(text)) return false;
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6))];
  return (
    year >= OLDEST_YEAR && day >= 1 && day <= (month === 2 && isLeap(year) ? 29 : (DAYS_OF_MONTHS[month - 1] ?? 0))
  );
}

const DAYS_OF_MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
