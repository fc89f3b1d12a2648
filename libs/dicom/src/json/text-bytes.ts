import { JsonModelError } from './json-model-error.js';

/** Of one value, in which a backslash stands for itself (PS3.5 section 6.2). */
const WHOLE = new Set(['LT', 'ST', 'UR', 'UT']);
const SEVERAL = new Set(['AE', 'AS', 'CS', 'DA', 'DS', 'DT', 'IS', 'LO', 'PN', 'SH', 'TM', 'UC', 'UI']);

/** A Decimal String has at most 16 characters. */
const LONGEST_DECIMAL = 16;
const DECIMAL = /^ *[+-]?(\d+\.?\d*|\.\d+)([Ee][+-]?\d+)? *$/;
const INTEGER = /^ *[+-]?\d{1,11} *$/;
const UID = /^[0-9.]{0,64}$/;
/** Line ends and tabs are all that texts may have of them; code extensions have no place in UTF-8. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those that PS3.5 section 6.1.3 leaves out
const [CONTROLS, CONTROLS_OF_TEXT] = [/[\u0000-\u001f\u007f]/, /[\u0000-\u0008\u000b\u000e-\u001f\u007f]/];
const GROUPS = ['Alphabetic', 'Ideographic', 'Phonetic'];

export const isText = (vr: string): boolean => WHOLE.has(vr) || SEVERAL.has(vr);

/** Values in UTF-8, padded to an even length (PS3.5 section 6.2). @throws JsonModelError */
export function textBytes(vr: string, values: readonly unknown[]): Buffer {
  if (WHOLE.has(vr) && values.length > 1) throw new JsonModelError(`${vr} has one value`);
  const text = values.map((value) => (value === null ? '' : textOf(vr, value))).join('\\');
  return padded(Buffer.from(text), vr);
}

/** To an even length, as the VR asks. */
export const padded = (bytes: Buffer, vr: string): Buffer =>
  bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.from([paddingOf(vr)])]);

export const paddingOf = (vr: string): number => (isText(vr) && vr !== 'UI' ? 0x20 : 0);

function textOf(vr: string, value: unknown): string {
  if (vr === 'PN') return nameOf(value);
  if (vr === 'DS') return decimalOf(value);
  if (vr === 'IS') return integerOf(value);
  if (typeof value !== 'string') throw new JsonModelError(`${vr} has texts`);
  if (vr === 'UI' && !UID.test(value)) throw new JsonModelError('UI has UIDs');
  return checked(value, WHOLE.has(vr));
}

function checked(text: string, isWhole = false): string {
  const isWrong = isWhole ? CONTROLS_OF_TEXT.test(text) : CONTROLS.test(text) || text.includes('\\');
  if (isWrong || !text.isWellFormed()) throw new JsonModelError('A text has characters that it cannot have');
  return text;
}

/** PS3.18 section F.2.2: an object of up to three component groups. */
function nameOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) throw new JsonModelError('PN has component groups');
  const groups = GROUPS.map((group) => {
    const text: unknown = Reflect.get(value, group) ?? '';
    if (typeof text !== 'string' || text.includes('=')) throw new JsonModelError('PN has component groups');
    return checked(text);
  });
  return groups.join('=').replace(/=+$/, '');
}

function decimalOf(value: unknown): string {
  if (typeof value === 'string' && DECIMAL.test(value) && value.length <= LONGEST_DECIMAL) return value;
  const number = typeof value === 'string' && DECIMAL.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw new JsonModelError('DS has numbers');
  return shortest(number);
}

/** With as many digits as have room, in either notation. */
function shortest(number: number): string {
  if (Object.is(number, -0)) return '-0';
  for (let digits = LONGEST_DECIMAL; digits > 1; digits -= 1) {
    const rounded = Number(number.toPrecision(digits));
    const text = [String(rounded), rounded.toExponential()].find(({ length }) => length <= LONGEST_DECIMAL);
    if (text !== undefined) return text;
  }
  return number.toExponential(0);
}

function integerOf(value: unknown): string {
  if (typeof value !== 'number' && !(typeof value === 'string' && INTEGER.test(value))) {
    throw new JsonModelError('IS has whole numbers');
  }
  const number = Number(value);
  if (!Number.isInteger(number) || number < -(2 ** 31) || number >= 2 ** 31) {
    throw new JsonModelError('IS has whole numbers of 32 bits');
  }
  return typeof value === 'string' ? value : String(number);
}
