import { StudyCompletedV2, StudyRegisteredV1 } from '@yinglian/contracts';
import type { CloudEvent } from '@yinglian/messaging';
import type { OfferedStudy } from '../send/offered-images.js';
import type { Difference } from './compare-study.js';

/** What the events say of a study. */
export interface ToldStudy {
  readonly registrations: number;
  /** Instances at its last completion; undefined when there was none. */
  readonly completedWith: number | undefined;
}

/** What was told of each study, by its UID. */
export function toldStudies(events: readonly CloudEvent[]): Map<string, ToldStudy> {
  const told = new Map<string, ToldStudy & { version: number }>();
  const none = { registrations: 0, completedWith: undefined, version: 0 };
  for (const { type, data } of events) {
    if (type === StudyRegisteredV1.type) {
      const { studyInstanceUid } = StudyRegisteredV1.data.parse(data);
      const before = told.get(studyInstanceUid) ?? none;
      told.set(studyInstanceUid, { ...before, registrations: before.registrations + 1 });
    }
    if (type === StudyCompletedV2.type) {
      const { studyInstanceUid, instances, version } = StudyCompletedV2.data.parse(data);
      const before = told.get(studyInstanceUid) ?? none;
      if (version > before.version) told.set(studyInstanceUid, { ...before, completedWith: instances, version });
    }
  }
  return told;
}

/** A study with acknowledged images is registered once, and complete with what the province has of it. */
export function compareEvents(offered: OfferedStudy, told: ToldStudy | undefined, registered: number): Difference {
  if (!offered.images.some(({ isAcknowledged }) => isAcknowledged)) return { lost: 0, doubled: 0, findings: [] };
  const { registrations, completedWith = 0 } = told ?? { registrations: 0 };
  const untold = registrations === 0 ? registered : Math.max(registered - completedWith, 0);
  const tooMany = Math.max(registrations - 1, completedWith - registered, 0);
  return {
    lost: untold,
    doubled: tooMany,
    findings:
      untold + tooMany === 0
        ? []
        : [
            `study ${offered.studyInstanceUid} of ${offered.hospital}: registered is told ${registrations} times, complete with ${completedWith}, registered are ${registered}`,
          ],
  };
}
