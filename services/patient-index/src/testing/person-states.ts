import { PersonLinkedV2 } from '@yinglian/contracts';
import type { PatientIndexService } from './patient-index-service.js';

/** The person outside of each patient, by its local id: of all patients, or of those asked for. */
export async function stateOf(index: PatientIndexService, localIds?: Iterable<string>): Promise<Map<string, string>> {
  const rows = await index.database.query<{ local_id: string; survivor_id: string }>(
    `SELECT local_id, survivor_id FROM patients JOIN persons ON person_id = home_id
     WHERE $1::text[] IS NULL OR local_id = ANY ($1) ORDER BY local_id`,
    [localIds === undefined ? null : [...localIds]],
  );
  return new Map(rows.map((row) => [row.local_id, row.survivor_id]));
}

/** The same as another service sees it, which hears events of different persons in any order. */
export async function followersView(index: PatientIndexService): Promise<Map<string, string>> {
  const newest = new Map<string, { version: number; personId: string }>();
  for (const data of (await index.events('persons')).reverse()) {
    const link = PersonLinkedV2.data.safeParse(data).data;
    if (link === undefined || (newest.get(link.patient.id)?.version ?? 0) >= link.version) continue;
    newest.set(link.patient.id, link);
  }
  return new Map([...newest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, { personId }]) => [id, personId]));
}

/** What the sample steward looked at. */
export const stewardOf = (audit: readonly unknown[]): string[] =>
  audit.flatMap((record) => {
    const { action, actor } = record as { action?: string; actor?: { subject?: string } };
    return actor?.subject === 'the.steward' && action !== undefined ? [action] : [];
  });
