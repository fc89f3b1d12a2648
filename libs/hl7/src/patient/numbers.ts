import type { IdentifierType, NumberType } from '@yinglian/contracts';
import type { Components } from './components.js';

const MOST_NUMBERS = 16;
const LONGEST_NUMBER = 128;
const LONGEST_ISSUER = 64;

/** A number that is said of a patient, before it is known which of them count. */
export interface SaidNumber {
  readonly id: string;
  readonly issuer: string;
  readonly type: NumberType;
}

/** CX (HL7 2.5.1 section 2.A.14): number, who gave it out (4, 6), its kind (5), and the country of a document (9). */
export function numberIn(value: Components, typeOf: (code: string) => NumberType | undefined): SaidNumber {
  const type = typeOf(value(5)) ?? 'UNKNOWN';
  return { id: value(1), issuer: issuerIn(value, type).slice(0, LONGEST_ISSUER), type };
}

function issuerIn(value: Components, type: NumberType): string {
  const authority = value(4) || value(4, 2) || value(6);
  return type === 'PASSPORT' ? value(9) || authority : authority;
}

/** The patient's numbers beside the one that it is known by. One that is said twice counts where its kind is said. */
export function otherNumbers(
  said: readonly SaidNumber[],
  patientId: string,
): { id: string; issuer: string; type: IdentifierType }[] {
  const [known, unknown] = [
    said.filter(({ type }) => type !== 'UNKNOWN'),
    said.filter(({ type }) => type === 'UNKNOWN'),
  ];
  const seen = new Set(['', patientId]);
  return [...known, ...unknown]
    .filter(({ id }) => id.length <= LONGEST_NUMBER && !seen.has(id) && seen.add(id))
    .flatMap(({ type, ...number }) => (type === '' ? [] : [{ ...number, type }]))
    .slice(0, MOST_NUMBERS);
}
