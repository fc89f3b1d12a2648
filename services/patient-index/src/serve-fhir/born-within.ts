import type { DateRange, Patient } from '@yinglian/fhir';

/** Nobody without a birth date is. */
export function isBornWithin({ birthDate = '' }: Patient, { first, last }: DateRange): boolean {
  const day = birthDate.replaceAll('-', '');
  return day !== '' && first <= day && day <= last;
}
