import type { FollowedStudy } from '../domain/followed-study.js';
import type { ArrivingStudies, ArrivingStudy, Queue } from './gateway-status.js';

const MOST_SHOWN = 50;

/** The studies under way that moved last. */
export function arrivingStudies(followed: readonly FollowedStudy[]): ArrivingStudies {
  const moving = followed.filter(({ instances }) => instances.size > 0);
  // Thousands may be under way, and instants compare as they are.
  const byLast = moving.sort((one, other) => ((other.lastAt ?? '') > (one.lastAt ?? '') ? 1 : -1));
  return { total: moving.length, studies: byLast.slice(0, MOST_SHOWN).map(arrivingStudy) };
}

function arrivingStudy(study: FollowedStudy): ArrivingStudy {
  const told = study.facts.flatMap((fact) => ('arriving' in fact ? [fact.arriving] : []))[0];
  return {
    accessionNumber: told?.accessionNumber ?? '',
    modality: told?.modality ?? '',
    from: [...study.senders].slice(0, 4),
    firstAt: told?.arrivedAt ?? study.firstAt ?? '',
    lastAt: study.lastAt ?? told?.arrivedAt ?? '',
    instances: study.instances.size,
    waitingInstances: study.inSpool,
    bytes: study.bytes,
    isOpen: study.carriers.size > 0,
  };
}

/** What waits in the spool, counted in studies and instances. */
export function waiting(followed: readonly FollowedStudy[]): Pick<Queue, 'studies' | 'instances' | 'oldestAt'> {
  let [studies, instances] = [0, 0];
  let oldestAt: string | null = null;
  for (const { inSpool, firstAt } of followed) {
    if (inSpool <= 0) continue;
    studies += 1;
    instances += inSpool;
    if (firstAt !== undefined && (oldestAt === null || firstAt < oldestAt)) oldestAt = firstAt;
  }
  return { studies, instances, oldestAt };
}
