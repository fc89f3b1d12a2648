import { setTimeout as sleep } from 'node:timers/promises';
import { PersonLinkedV2 } from '@yinglian/contracts';
import type { Database } from '@yinglian/persistence';
import { keyOf } from './tell-patients.js';

const LOOK_AGAIN_MS = 500;
/** Looks without anything new, after which all is told, or nothing more will come. */
const QUIET_LOOKS = 10;
const SILENT_LOOKS = 120;

export interface ToldPersons {
  /** The person of each patient by the newest link. */
  readonly persons: ReadonlyMap<string, string>;
  /** How many of the patients had a person, and when by performance.now(): from none to all. */
  readonly progress: readonly Progress[];
}

interface Progress {
  readonly told: number;
  readonly at: number;
}

/** Persons a second while they keep coming. A program that has just started is slower: the first quarter is left out. */
export function sustainedRate(progress: readonly Progress[]): number {
  const last = progress.at(-1);
  const warm = progress.findLast(({ told }) => 4 * told <= (last?.told ?? 0));
  if (last === undefined || warm === undefined) throw new Error('Nobody was told of');
  return (1000 * (last.told - warm.told)) / (last.at - warm.at);
}

/** Waits until each of the patients has a person and nothing more is told. */
export async function toldPersons(log: Database, patients: ReadonlySet<string>): Promise<ToldPersons> {
  const newest = new Map<string, { version: number; personId: string }>();
  const read = new Map<number, string>();
  const progress = [{ told: 0, at: performance.now() }];
  const waiting = new Set(patients);
  const isComplete = () => progress.at(-1)?.told === patients.size;
  for (let quiet = 0; quiet < QUIET_LOOKS || !isComplete(); ) {
    if (quiet > SILENT_LOOKS) throw new Error(`${waiting.size} patients are told of by nobody`);
    await sleep(LOOK_AGAIN_MS);
    const rows = await log.query<{ partition: number; position: string; envelope: string }>(
      `SELECT partition, position, envelope FROM event_log.records r WHERE topic = 'persons'
       AND position > coalesce(($1::jsonb ->> partition::text)::bigint, -1) ORDER BY partition, position`,
      [JSON.stringify(Object.fromEntries(read))],
    );
    for (const { partition, position, envelope } of rows) {
      read.set(partition, position);
      const link = PersonLinkedV2.data.safeParse(JSON.parse(envelope).data).data;
      if (link === undefined) continue;
      const key = keyOf(link.patient);
      waiting.delete(key);
      if ((newest.get(key)?.version ?? 0) < link.version) newest.set(key, link);
    }
    if (!isComplete()) progress.push({ told: patients.size - waiting.size, at: performance.now() });
    quiet = rows.length === 0 ? quiet + 1 : 0;
  }
  return { persons: new Map([...newest].map(([patient, { personId }]) => [patient, personId])), progress };
}
