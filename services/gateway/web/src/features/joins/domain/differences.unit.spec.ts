import { describe, expect, it } from '@jest/globals';
import type { ListedJoin } from '../../../../../src/storage/listed-join.store.js';
import { dicomMoment } from './dicom-moment.js';
import { differencesOf } from './differences.js';

const exam: ListedJoin['candidates'][number] = {
  examId: 1,
  accessionNumber: 'A1',
  placerOrderNumber: 'P1',
  fillerOrderNumber: null,
  itemName: '胸部CT平扫',
  modality: 'CT',
  bodyPart: null,
  department: null,
  orderedAt: null,
  performedAt: null,
  isCancelled: false,
  imageCount: null,
  studies: 0,
  isSamePatient: true,
};
const study: ListedJoin = {
  studyInstanceUid: '1.2.3',
  kind: 'ambiguous',
  accessionNumber: 'A1',
  modality: 'CT',
  studyDate: '20261124',
  studyTime: '085512.5',
  description: '',
  firstAt: '2026-11-24T00:55:00.000Z',
  received: 300,
  decidedAt: null,
  decidedBy: null,
  decidedExamId: null,
  candidates: [exam],
};

describe('images beside an exam that they may belong to', () => {
  it('differ in nothing that is not said', () => {
    expect(differencesOf(study, exam)).toEqual([]);
    expect(differencesOf({ ...study, accessionNumber: '' }, { ...exam, modality: null })).toEqual([]);
    expect(differencesOf(study, { ...exam, imageCount: 300 })).toEqual([]);
  });

  it('differ in all that speaks against it', () => {
    const other = {
      isCancelled: true,
      isSamePatient: false,
      accessionNumber: null,
      modality: 'MR',
      imageCount: 12,
      studies: 2,
    };
    expect(differencesOf(study, { ...exam, ...other })).toEqual([
      { what: 'cancelled', count: 1 },
      { what: 'otherPatient', count: 1 },
      { what: 'otherNumber', count: 1 },
      { what: 'otherModality', count: 1 },
      { what: 'otherCount', count: 12 },
      { what: 'hasStudies', count: 2 },
    ]);
  });

  it.each([
    ['20261124', '085512.5', '2026-11-24 08:55'],
    ['20261124', '', '2026-11-24'],
    ['', '0855', ''],
    ['2026.11.24', '0855', ''],
  ])('were made at %j %j: %j', (date, time, read) => {
    expect(dicomMoment(date, time)).toBe(read);
  });
});
