import { describe, expect, it } from '@jest/globals';
import { type JoinableExam, joinImages, type StudyNumbers } from './join-images.js';

const study: StudyNumbers = {
  studyInstanceUid: '1.2.3',
  accessionNumber: '',
  orderNumbers: [],
  patientId: 'ZY1',
  patientIssuer: '',
  modality: 'CT',
  studyDate: '20261124',
};
const exam: JoinableExam = {
  examId: 1,
  accessionNumber: 'A1',
  placerOrderNumber: 'P1',
  fillerOrderNumber: 'F1',
  studyInstanceUid: null,
  patientId: 'ZY1',
  patientIssuer: 'HIS',
  modality: 'CT',
  day: '20261124',
  isCancelled: false,
};
const another = { ...exam, examId: 2, accessionNumber: 'A2', placerOrderNumber: 'P2', fillerOrderNumber: 'F2' };

describe('images', () => {
  it.each([
    ['their accession number', { accessionNumber: 'A1' }, {}, 'ACCESSION_NUMBER'],
    ['the study that the order named', { accessionNumber: 'A9' }, { studyInstanceUid: '1.2.3' }, 'STUDY_UID'],
    ['the placer’s number', { orderNumbers: ['P1'] }, {}, 'ORDER_NUMBER'],
    ['the filler’s number', { orderNumbers: ['X', 'F1'] }, {}, 'ORDER_NUMBER'],
  ])('join an exam by %s', (_, ofStudy, ofExam, rule) => {
    expect(joinImages({ ...study, ...ofStudy }, [another, { ...exam, ...ofExam }])).toEqual({
      kind: 'joined',
      examId: 1,
      rule,
    });
  });

  it('join by accession number though the order names another study', () => {
    const byUid = { ...another, studyInstanceUid: '1.2.3' };
    expect(joinImages({ ...study, accessionNumber: 'A1' }, [byUid, exam])).toMatchObject({ examId: 1 });
  });

  it('join the right one of exams that share a number, by cancellation, patient, study and modality', () => {
    const numbered = { ...study, accessionNumber: 'A1' };
    const shared = { ...another, accessionNumber: 'A1' };
    const joined = (other: Partial<JoinableExam>) => joinImages(numbered, [{ ...shared, ...other }, exam]);
    expect(joined({ isCancelled: true })).toMatchObject({ kind: 'joined', examId: 1 });
    expect(joined({ patientId: 'ZY2' })).toMatchObject({ kind: 'joined', examId: 1 });
    expect(joined({ studyInstanceUid: '1.2.3' })).toMatchObject({ kind: 'joined', examId: 2 });
    expect(joined({ modality: 'MR' })).toMatchObject({ kind: 'joined', examId: 1 });
  });

  it('do not join an exam of years ago whose number is used again', () => {
    const numbered = { ...study, accessionNumber: 'A1' };
    expect(joinImages(numbered, [{ ...exam, day: '20240301' }])).toEqual({ kind: 'alone' });
    expect(
      joinImages(numbered, [
        { ...exam, day: '20240301' },
        { ...another, accessionNumber: 'A1' },
      ]),
    ).toMatchObject({
      examId: 2,
    });
    expect(joinImages(numbered, [{ ...exam, day: null }])).toMatchObject({ examId: 1 });
    expect(joinImages({ ...numbered, studyDate: '' }, [exam])).toMatchObject({ examId: 1 });
  });

  it('of two exams that cannot be told apart join none', () => {
    const shared = { ...another, accessionNumber: 'A1' };
    expect(joinImages({ ...study, accessionNumber: 'A1' }, [exam, shared])).toEqual({
      kind: 'ambiguous',
      rule: 'ACCESSION_NUMBER',
      examIds: [1, 2],
    });
  });

  it('of the same patient, modality and day only suggest', () => {
    const otherDay = { ...another, day: '20261123' };
    expect(joinImages(study, [exam, otherDay])).toEqual({ kind: 'suggested', examIds: [1] });
    expect(joinImages({ ...study, patientId: '' }, [exam])).toEqual({ kind: 'alone' });
    expect(joinImages(study, [{ ...exam, isCancelled: true }])).toEqual({ kind: 'alone' });
  });
});
