import type { Hospital } from './hospitals.js';
import type { Slips } from './slips.js';
import { withWrongDigit } from './written-numbers.js';

/** A birth date as a hospital has it. */
export function writtenDate(birthDate: string, hospital: Hospital, slips: Slips): string {
  if (slips.happens('noBirthDate')) return '';
  let date = slips.maybe('onlyYearKnown', birthDate, (text) => `${text.slice(0, 4)}0101`);
  date = slips.maybe('swappedDayAndMonth', date, withDayAndMonthSwapped);
  date = slips.maybe('wrongDateDigit', date, withWrongDigit);
  return hospital.dashesInDates ? `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}` : date;
}

function withDayAndMonthSwapped(date: string): string | null {
  const [year, month, day] = [date.slice(0, 4), date.slice(4, 6), date.slice(6)];
  return Number(day) <= 12 ? year + day + month : null;
}
