import { describe, expect, it } from '@jest/globals';
import { en } from '../../../i18n/en.js';
import { zh } from '../../../i18n/zh.js';
import { isFetchable, isUnderWay, PROGRESS, requestOf, type StudyRequest } from './study-request.js';

const request = (requestId: string, studyInstanceUid: string | null): StudyRequest => ({
  requestId,
  hospital: 'H001',
  studyInstanceUid,
  accessionNumber: null,
  progress: 'asked',
  reason: '',
  instances: 0,
  requestedAt: '2026-11-25T08:00:00.000Z',
});

describe('a study that is fetched from a hospital', () => {
  it('has words for every state', () => {
    for (const words of [zh, en]) expect(Object.keys(words.fetching.progress).sort()).toEqual([...PROGRESS].sort());
  });

  it('is looked at again while it is asked for or coming', () => {
    expect(PROGRESS.filter((progress) => isUnderWay({ progress }))).toEqual(['asked', 'coming']);
  });

  it('is fetched only where its images may lie in the PACS', () => {
    expect([isFetchable('INSTANCES_MISSING'), isFetchable('QUARANTINED'), isFetchable('LATE')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('shows the newest of its requests', () => {
    const requests = [request('new', '1.2'), request('other', '1.3'), request('old', '1.2'), request('number', null)];
    expect([requestOf(requests, '1.2')?.requestId, requestOf(requests, '1.4')]).toEqual(['new', undefined]);
  });
});
