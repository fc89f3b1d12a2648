import { type FieldPath, readFieldPath } from '@yinglian/hl7';
import { type FactName, FIELD_PRESETS } from './field-presets.js';

const presets = new Map<string, readonly FieldPath[]>(
  Object.entries(FIELD_PRESETS).map(([fact, places]) => [fact, places.flatMap((place) => readFieldPath(place) ?? [])]),
);

/** The preset places of a fact, read once. */
export const readPresets = (fact: FactName): readonly FieldPath[] => presets.get(fact) ?? [];
