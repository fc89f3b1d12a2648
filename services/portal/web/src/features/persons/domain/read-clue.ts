/** What a person typed into the one box, read as one search key. */
export type Clue =
  | { readonly kind: 'idNumber'; readonly idNumber: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'birthDate'; readonly birthDate: string }
  | { readonly kind: 'localId'; readonly localId: string; readonly hospital?: string };

const ID_NUMBER = /^(\d{17}[\dX]|\d{15})$/;
const SEPARATED_DATE = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/;
const COMPACT_DATE = /^(\d{4})(\d{2})(\d{2})$/;
const AT_HOSPITAL = /^([A-Z][A-Z0-9]{1,15})\s*[:#]\s*(\S.*)$/i;

/**
 * Everything that the text can mean, the likeliest first; empty for blank text. An identity number is recognised by its
 * form: whether its check digit is right is for patient-index to say.
 * @param today YYYYMMDD, nobody is born later
 */
export function readClue(text: string, today: string): readonly Clue[] {
  const typed = text.normalize('NFKC').trim().replace(/\s+/g, ' ');
  if (typed === '') return [];
  if (ID_NUMBER.test(compact(typed))) {
    return [
      { kind: 'idNumber', idNumber: compact(typed) },
      { kind: 'localId', localId: typed },
    ];
  }
  const birthDate = dateIn(typed, today);
  if (birthDate !== null) {
    return SEPARATED_DATE.test(typed)
      ? [{ kind: 'birthDate', birthDate }]
      : [
          { kind: 'birthDate', birthDate },
          { kind: 'localId', localId: typed },
        ];
  }
  if (/\p{Script=Han}/u.test(typed)) return [{ kind: 'name', name: typed }];
  const [, hospital, localId] = AT_HOSPITAL.exec(typed) ?? [];
  if (hospital !== undefined && localId !== undefined) {
    return [{ kind: 'localId', hospital: hospital.toUpperCase(), localId }];
  }
  if (/\d/.test(typed)) return [{ kind: 'localId', localId: typed }];
  return [
    { kind: 'name', name: typed },
    { kind: 'localId', localId: typed },
  ];
}

const compact = (typed: string) => typed.replace(/[\s-]/g, '').toUpperCase();

/** YYYYMMDD of a calendar date within a life, or null. */
function dateIn(typed: string, today: string): string | null {
  const [, year, month, day] = SEPARATED_DATE.exec(typed) ?? COMPACT_DATE.exec(typed) ?? [];
  if (year === undefined || month === undefined || day === undefined) return null;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  if (Number(year) < 1880 || date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return null;
  const written = `${year}${month.padStart(2, '0')}${day.padStart(2, '0')}`;
  return written <= today ? written : null;
}
