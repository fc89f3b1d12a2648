import { readSystem } from '@yinglian/fhir';
import type { Sql } from '@yinglian/persistence';
import { hasPatientsOf } from '../storage/local-issuer.store.js';

/** Whether identifiers of all these systems are kept here: of a hospital's, once one of its patients was told of. */
export async function areKnownSystems(sql: Sql, systems: readonly string[]): Promise<boolean> {
  for (const text of systems) {
    const system = readSystem(text);
    if (system === null) return false;
    if (system.kind === 'hospital' && !(await hasPatientsOf(sql, system))) return false;
  }
  return true;
}
