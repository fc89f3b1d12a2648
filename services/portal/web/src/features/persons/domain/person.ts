/** A person as patient-index shows them. */
export interface Person {
  readonly personId: string;
  readonly name: string;
  readonly otherNames: readonly string[];
  readonly sex: string;
  /** YYYYMMDD */
  readonly birthDate: string | null;
  readonly idNumberMasked: string | null;
  readonly patients: readonly { readonly hospital: string; readonly issuer: string; readonly id: string }[];
  readonly lastSeenAt: string;
}

/** Full years on a day, both YYYYMMDD. */
export const ageOn = (birthDate: string, day: string) => Math.floor((Number(day) - Number(birthDate)) / 10_000);

/** 1992-03-17 */
export const shownDate = (date: string) => `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6, 8)}`;
