import type { ComparedRecord } from '../domain/evidence/compared-record.js';
import { haveDifferentResidentIds } from '../domain/identity/different-resident-ids.js';
import type { MatchGrades } from '../domain/match-settings.js';

/** http://hl7.org/fhir/R4/valueset-match-grade.html */
export type MatchGrade = 'certain' | 'probable' | 'possible' | 'certainly-not';

/**
 * How sure a match is; null when it is none. Certain is only what the rules would link: an equal number that one person has, and name or birth
 * date agreeing. Who has the number but nothing else in common is possible: cards are borrowed. Who has another resident id is somebody
 * else, however alike.
 */
export function gradeOf(
  asked: ComparedRecord,
  found: ComparedRecord,
  probability: number,
  byRule: boolean,
  { probable, possible }: MatchGrades,
): MatchGrade | null {
  if (byRule) return 'certain';
  if (probability < possible) return shareAStrongNumber(asked, found) ? 'possible' : null;
  if (haveDifferentResidentIds(asked, found)) return 'certainly-not';
  return probability >= probable ? 'probable' : 'possible';
}

const shareAStrongNumber = (asked: ComparedRecord, found: ComparedRecord): boolean =>
  asked.ids.some(
    ({ system, value, strength }) =>
      strength === 'strong' && found.ids.some((other) => other.system === system && other.value === value),
  );
