import { neverLinks } from '../domain/identity/flags.js';
import { numberOf } from '../domain/identity/strong-numbers.js';
import type { Statement } from '../domain/link-decision.js';
import { type Observation, type ObservedPatient, readObservation } from '../domain/observation.js';
import { hashOf } from '../storage/observation.store.js';

/** What a hospital said of a patient, read. */
export interface ReadPatient {
  readonly observed: ObservedPatient;
  readonly seen: Observation;
  readonly statement: Statement;
  readonly hash: string;
}

/** @param today YYYYMMDD */
export function readPatient(observed: ObservedPatient, today: string): ReadPatient {
  const seen = readObservation(observed, today);
  return { observed, seen, statement: statementOf(seen), hash: hashOf(observed) };
}

/** The same, as if it had not stated numbers that say nothing. */
export function withoutNumbers(read: ReadPatient, numbers: ReadonlySet<string>): ReadPatient {
  const { statement } = read;
  if (!statement.strongNumbers.some((number) => numbers.has(number))) return read;
  const strongNumbers = statement.strongNumbers.filter((number) => !numbers.has(number));
  return { ...read, statement: { ...statement, strongNumbers } };
}

const statementOf = ({ name, birthDate, sex, ids, flags }: Observation): Statement => ({
  name,
  birthDate,
  sex,
  strongNumbers: ids.flatMap(({ system, value, strength }) => (strength === 'strong' ? numberOf(system, value) : [])),
  neverLinks: neverLinks(flags),
});
