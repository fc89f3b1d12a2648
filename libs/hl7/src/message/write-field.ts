import { escapeText } from './escapes.js';
import type { Separators } from './separators.js';

/** A value to be written: a text, or its components, of which each may have parts. Nothing is escaped yet. */
export type WrittenValue = string | readonly (string | readonly string[])[];

/** A field by its repetitions; empty ones at the end of a value are left out. */
export const writeField = (repetitions: readonly WrittenValue[], separators: Separators): string =>
  repetitions.map((value) => writeValue(value, separators)).join(separators.repetition);

function writeValue(value: WrittenValue, separators: Separators): string {
  if (typeof value === 'string') return escapeText(value, separators);
  const components = value.map((component) => {
    const parts = typeof component === 'string' ? [component] : component;
    return joined(
      parts.map((part) => escapeText(part, separators)),
      separators.subcomponent,
    );
  });
  return joined(components, separators.component);
}

function joined(parts: readonly string[], separator: string): string {
  const last = parts.findLastIndex((part) => part !== '');
  return parts.slice(0, last + 1).join(separator);
}
