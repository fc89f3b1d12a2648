import { residentIdOf } from './patient-index-service.js';

const SURNAMES = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧'];
const GIVEN = [...'伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂雨晨浩宇轩子'];

/** An invented line of a hospital's master file. */
export interface MasterLine {
  readonly id: string;
  readonly name: string;
  readonly birthDate: string;
  readonly sex: string;
  readonly otherIds: readonly { readonly id: string; readonly type: string }[];
  readonly phones: readonly string[];
  readonly updatedAt: string;
}

/**
 * Who is registered in the hospital of that place, 0 to 2: of each three persons one in all hospitals, one in two and one in the first. Of a
 * hundred, one is registered in the second one under somebody else's card, and ten in the third one without any number.
 */
export function masterLines(persons: number, place: number): MasterLine[] {
  return Array.from({ length: persons }, (_, n) => n)
    .filter((n) => n % 3 >= place)
    .map((n) => lineOf(n, place, persons));
}

export const ndjson = (lines: readonly unknown[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('');

function lineOf(n: number, place: number, persons: number): MasterLine {
  const isBorrower = place === 1 && n % 100 === 50;
  const hasNoNumber = place === 2 && n % 10 === 5;
  const card = idOf(isBorrower ? (n + 7) % persons : n);
  return {
    id: `${place}-${n + 1}`,
    name: nameOf(n),
    birthDate: birthDateOf(n),
    sex: n % 2 === 0 ? 'F' : 'M',
    otherIds: hasNoNumber ? [] : [{ id: card, type: 'RESIDENT_ID' }],
    phones: [`139${String(n + 1).padStart(8, '0')}`],
    updatedAt: '2026-11-24T08:00:00.000Z',
  };
}

const pick = (from: readonly string[], n: number) => from[n % from.length] ?? '';
const nameOf = (n: number) => pick(SURNAMES, n) + pick(GIVEN, n * 7 + 3) + pick(GIVEN, Math.floor(n / 30) * 11 + n);
/** Spread, so that who comes after somebody was born on quite another day. */
const birthDateOf = (n: number) =>
  `${1940 + ((n * 37) % 70)}${String((n % 12) + 1).padStart(2, '0')}${String(((n * 5) % 28) + 1).padStart(2, '0')}`;

const idOf = (n: number) => residentIdOf(Math.floor(n / 420), birthDateOf(n));
