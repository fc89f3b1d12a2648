import { expect, it } from '@jest/globals';
import { PatientObservedV1 } from '@yinglian/contracts';
import { StudyFact } from './followed-study.js';

const asV1 = {
  hospital: 'H001',
  patient: { hospital: 'H001', issuer: '', id: 'ZY1' },
  name: { ideographic: '沈^清秋', charsetGuessed: false },
  birthDate: '',
  sex: '',
  otherIds: [{ id: 'MZ7', issuer: 'OPD' }],
  studyInstanceUid: '1.2',
  observedAt: '2026-11-24T08:00:00.000Z',
};
const asV3 = {
  ...asV1,
  otherIds: [{ id: 'MZ7', issuer: 'OPD', type: 'HOSPITAL' }],
  phones: ['13800138000'],
  addresses: [],
  mother: null,
  birthOrder: null,
};

it('a description in a journal is read as the gateway that wrote it meant it', () => {
  for (const observed of [asV1, asV3]) {
    expect(StudyFact.parse({ mark: 'm', observed })).toEqual({ mark: 'm', observed });
  }
});

it('a description of today is read by a gateway that is put back', () => {
  expect(PatientObservedV1.data.parse(asV3)).toEqual(asV1);
});
