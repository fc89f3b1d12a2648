/** The characters that structure a message: MSH-1 and MSH-2 (HL7 2.5.1 section 2.5.4). */
export interface Separators {
  readonly field: string;
  readonly component: string;
  readonly repetition: string;
  /** Empty: nothing is escaped. */
  readonly escape: string;
  readonly subcomponent: string;
}

/** A segment's end; the standard's is the carriage return, and many senders write what their language calls a new line. */
export const SEGMENT_END = /\r\n|\r|\n/;

/**
 * The separators that a header states, the recommended ones where it states none. Undefined when it cannot be a header: no
 * `MSH`, or a separator that is a letter, a digit or white space.
 */
export function readSeparators(header: string): Separators | undefined {
  const [name, field = ''] = [header.slice(0, 3), header.slice(3, 4)];
  if (name !== 'MSH' || !isSeparator(field)) return undefined;
  const end = header.indexOf(field, 4);
  const stated = header.slice(4, end < 0 ? header.length : end);
  const of = (at: number, recommended: string) => (stated === '' ? recommended : stated.charAt(at));
  const separators = {
    field,
    component: of(0, '^'),
    repetition: of(1, '~'),
    escape: of(2, '\\'),
    subcomponent: of(3, '&'),
  };
  const used = Object.values(separators).filter((each) => each !== '');
  return used.every(isSeparator) && new Set(used).size === used.length ? separators : undefined;
}

const isSeparator = (character: string) => /^[^\p{L}\p{N}\s]$/u.test(character);
