import { describe, expect, it } from '@jest/globals';
import { FollowedStudy } from '../domain/followed-study.js';
import { arrivingStudies, waiting } from './arriving-studies.js';

const minute = (minutes: number) => new Date(Date.UTC(2026, 10, 24, 0, minutes)).toISOString();

/** Received in that minute, from a modality and by STOW-RS. */
function studyAt(minutes: number): FollowedStudy {
  const study = new FollowedStudy(`1.2.${minutes}`);
  const received = { sopInstanceUid: '1', receivedAt: minute(minutes), length: 10 };
  study.received({ ...received, via: 'C-STORE', callingAeTitle: 'CT01' });
  study.received({ ...received, sopInstanceUid: '2', via: 'STOW-RS', callingAeTitle: null });
  return study;
}

describe('studies under way', () => {
  it('are counted, and the fifty that moved last are shown', () => {
    const { total, studies } = arrivingStudies(Array.from({ length: 60 }, (_, minutes) => studyAt(minutes)));
    expect([total, studies.length]).toEqual([60, 50]);
    expect([studies[0]?.lastAt, studies[49]?.lastAt]).toEqual([minute(59), minute(10)]);
    expect(studies[0]).toEqual({
      accessionNumber: '',
      modality: '',
      from: ['CT01', 'STOW-RS'],
      firstAt: minute(59),
      lastAt: minute(59),
      instances: 2,
      waitingInstances: 2,
      bytes: 20,
      isOpen: false,
    });
  });

  it('do not appear before the first instance', () => {
    expect(arrivingStudies([new FollowedStudy('1.2')])).toEqual({ total: 0, studies: [] });
  });

  it('wait as long as an instance is in the spool only', () => {
    const there = studyAt(1);
    there.inSpool = 0;
    expect(waiting([there, studyAt(7), studyAt(3)])).toEqual({ studies: 2, instances: 4, oldestAt: minute(3) });
    expect(waiting([there])).toEqual({ studies: 0, instances: 0, oldestAt: null });
  });
});
