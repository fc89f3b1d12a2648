import { EncounterRecordedV1 } from '@yinglian/contracts';
import type { CloudEvent } from '@yinglian/messaging';
import type { Difference } from './compare-study.js';

/** How often each visit was told, by its number. */
export function toldEncounters(events: readonly CloudEvent[]): Map<string, number> {
  const told = new Map<string, number>();
  for (const { type, data } of events) {
    if (type !== EncounterRecordedV1.type) continue;
    const { encounterId } = EncounterRecordedV1.data.parse(data);
    told.set(encounterId, (told.get(encounterId) ?? 0) + 1);
  }
  return told;
}

/** Every acknowledged message is told once; one that was not acknowledged once at most. */
export function compareMessages(offered: ReadonlyMap<string, boolean>, told: ReadonlyMap<string, number>): Difference {
  const lost = [...offered].filter(([id, isAcknowledged]) => isAcknowledged && !told.has(id));
  const doubled = [...offered.keys()].filter((id) => (told.get(id) ?? 0) > 1);
  return {
    lost: lost.length,
    doubled: doubled.length,
    findings: [
      ...lost.map(([id]) => `the message of visit ${id} was acknowledged and is not told`),
      ...doubled.map((id) => `the message of visit ${id} is told ${told.get(id)} times`),
    ],
  };
}
