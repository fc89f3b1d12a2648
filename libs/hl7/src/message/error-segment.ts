import type { Header } from './header.js';
import { type WrittenValue, writeField } from './write-field.js';

/** HL7 table 0357. */
export const ERROR_TEXTS = {
  100: 'Segment sequence error',
  101: 'Required field missing',
  102: 'Data type error',
  103: 'Table value not found',
  200: 'Unsupported message type',
  201: 'Unsupported event code',
  204: 'Unknown key identifier',
  207: 'Application internal error',
} as const;
export type ErrorCode = keyof typeof ERROR_TEXTS;

/** What is wrong, and where. */
export interface MessageError {
  readonly code: ErrorCode;
  /** Segment, which of them, field, repetition, component: ERL (HL7 2.5.1 section 2.A.28), cut where it need not be closer. */
  readonly location?: readonly (string | number)[];
  /** ERR-8, for a person, without a value of the message. */
  readonly text?: string;
}

/** ERR segments (HL7 2.5.1 section 2.15.5). Before 2.5 the segment was another one, and MSA-3 has to do. */
export function segmentsOfErrors({ version, message }: Header, errors: readonly MessageError[]): string[][] {
  if (!isFrom25(version)) return [];
  const write = (value: WrittenValue) => writeField([value], message.separators);
  return errors.map(({ code, location = [], text }) => [
    'ERR',
    '',
    write(location.map(String)),
    write([String(code), ERROR_TEXTS[code], 'HL70357']),
    'E',
    ...(text === undefined ? [] : ['', '', '', write(text)]),
  ]);
}

/** MSH-12 begins with two numbers (HL7 table 0104). */
function isFrom25(version: string): boolean {
  const [, major = '2', minor = '0'] = /^(\d+)(?:\.(\d))?/.exec(version) ?? [];
  return Number(`${major}.${minor}`) >= 2.5;
}
