import { unescapeText } from './escapes.js';
import { type FieldPath } from './field-path.js';
import { readSeparators, SEGMENT_END, type Separators } from './separators.js';

export interface Segment {
  /** For instance `PID`, or `ZPV`. */
  readonly name: string;
  /** As they stand in the message, field 1 at index 1; in `MSH` field 1 is the field separator itself. */
  readonly fields: readonly string[];
}

/** A message split into segments and fields; what is within a field is read when it is asked for. */
export interface Message {
  readonly separators: Separators;
  readonly segments: readonly Segment[];
}

/** Undefined when the text does not begin with a header. Blank lines and white space around the message are no segments. */
export function parseMessage(text: string): Message | undefined {
  const trimmed = text.replace(/^[\uFEFF\s]+/, '');
  const separators = readSeparators(trimmed.split(SEGMENT_END, 1)[0] ?? '');
  if (separators === undefined) return undefined;
  const segments = trimmed
    .split(SEGMENT_END)
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const fields = line.split(separators.field);
      const name = (fields[0] ?? '').trim();
      return { name, fields: name === 'MSH' ? [name, separators.field, ...fields.slice(1)] : fields };
    });
  return { separators, segments };
}

/** What a sender says of a value: nothing (undefined), that there is none any more (`""`, null), or the value. */
export type Value = string | null | undefined;

export const readValue = (message: Message, segment: Segment | undefined, path: FieldPath): Value => {
  const { repetition, component, subcomponent } = path;
  const repeated = repetitionsOf(message, segment, path.field)[repetition - 1] ?? '';
  if (namesSeparators(segment, path.field)) return repeated;
  return leafOf(repeated, component, subcomponent, message.separators);
};

const namesSeparators = (segment: Segment | undefined, field: number) => segment?.name === 'MSH' && field <= 2;

/** A field's repetitions, each as it stands in the message. MSH-2 is not split: it names the separators. */
export function repetitionsOf({ separators }: Message, segment: Segment | undefined, field: number): string[] {
  const text = segment?.fields[field] ?? '';
  if (separators.repetition === '' || namesSeparators(segment, field)) return [text];
  return text.split(separators.repetition);
}

/** A component of a repetition, or a part of one; without `subcomponent` the first part. */
export function leafOf(repeated: string, component: number, subcomponent: number, separators: Separators): Value {
  const whole = partOf(repeated, component, separators.component);
  const part = partOf(whole, subcomponent, separators.subcomponent).trim();
  if (part === '') return undefined;
  if (part === '""') return null;
  return unescapeText(part, separators);
}

const partOf = (text: string, number: number, separator: string) =>
  (separator === '' ? [text] : text.split(separator))[number - 1] ?? '';
