import { type Flag, flagIf } from './flags.js';
import { birthDateIn, sexIn } from './resident-id.js';

/** What the patient's one resident id says otherwise than the hospital does. */
export function contradictions(residentIds: readonly string[], birthDate: string | null, sex: string): Flag[] {
  const [residentId, ...more] = residentIds;
  if (residentId === undefined) return [];
  if (more.length > 0) return ['SEVERAL_RESIDENT_IDS'];
  return [
    ...flagIf(birthDate !== null && birthDate !== birthDateIn(residentId), 'BIRTH_DATE_CONTRADICTS_ID'),
    ...flagIf((sex === 'M' || sex === 'F') && sex !== sexIn(residentId), 'SEX_CONTRADICTS_ID'),
  ];
}
