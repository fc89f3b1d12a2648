import type { LocalPatientKey } from '@yinglian/contracts';
import { maskResidentId } from './identity/resident-id.js';
import type { PersonName } from './person-name.js';

/** One version of what a hospital said about a patient, as stored. */
export interface KeptObservation {
  readonly patient: LocalPatientKey;
  readonly version: number;
  readonly name: PersonName;
  readonly birthDate: string | null;
  readonly sex: string;
  /** Numbers that one person has, each with who gives it out. */
  readonly strongNumbers: readonly string[];
  readonly residentIds: readonly string[];
  readonly observedAt: Date;
}

/** How people are shown: a person, or one hospital's patient, side by side. */
export interface Description {
  readonly name: string;
  readonly otherNames: readonly string[];
  readonly sex: string;
  /** YYYYMMDD, stated or taken from the resident id; null when unknown. */
  readonly birthDate: string | null;
  /** 110105********002X */
  readonly idNumberMasked: string | null;
}

/** Describes by observations, newest first: the newest that says something wins; earlier names stay known. */
export function describe(observations: readonly KeptObservation[], residentId: string | null): Description {
  const shown = [...new Set(observations.flatMap(({ name }) => name.shown))];
  const [name = '', ...otherNames] = [...shown.filter(isHan), ...shown.filter((one) => !isHan(one))];
  const id = residentId ?? observations.flatMap(({ residentIds }) => residentIds)[0] ?? null;
  return {
    name,
    otherNames,
    sex: observations.find(({ sex }) => sex !== '')?.sex ?? '',
    birthDate: observations.find(({ birthDate }) => birthDate !== null)?.birthDate ?? id?.slice(6, 14) ?? null,
    idNumberMasked: id === null ? null : maskResidentId(id),
  };
}

/** Birth dates that somebody is found by, YYYYMMDD: the stated one, and those within resident ids. */
export const birthDatesIn = (birthDate: string | null, residentIds: readonly string[]): string[] => [
  ...new Set([...(birthDate === null ? [] : [birthDate]), ...residentIds.map((number) => number.slice(6, 14))]),
];

const isHan = (text: string) => /\p{Script=Han}/u.test(text);
