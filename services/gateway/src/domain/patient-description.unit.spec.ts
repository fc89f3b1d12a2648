import { expect, it } from '@jest/globals';
import { addToDescription, KeptDescription, type PatientDescription } from './patient-description.js';

const known: PatientDescription = {
  name: { ideographic: '沈^清秋', charsetGuessed: false },
  birthDate: '19850312',
  sex: 'F',
  otherIds: [{ id: '339901198503120024', issuer: '', type: 'RESIDENT_ID' }],
  phones: ['13800138000'],
  addresses: [{ lines: ['文三路18号'], district: '', city: '杭州市', state: '', postalCode: '' }],
  mother: { id: 'M7', name: '' },
  birthOrder: 2,
};
const nothing: PatientDescription = {
  name: { charsetGuessed: false },
  birthDate: '',
  sex: '',
  otherIds: [],
  phones: [],
  addresses: [],
  mother: null,
  birthOrder: null,
};

it('what a message does not say of a patient stays, and what it says replaces what was known', () => {
  expect(addToDescription(known, nothing)).toEqual(known);
  const said: PatientDescription = {
    ...nothing,
    name: { ideographic: '沈^青秋', charsetGuessed: false },
    birthDate: '19850313',
  };
  expect(addToDescription(known, said)).toEqual({ ...known, name: said.name, birthDate: said.birthDate });
  const other: PatientDescription = {
    ...nothing,
    sex: 'M',
    otherIds: [{ id: 'C7', issuer: '', type: 'UNKNOWN' }],
    phones: ['13900139000'],
    mother: { id: '', name: '沈^清' },
  };
  expect(addToDescription(known, other)).toEqual({
    ...known,
    ...other,
    name: known.name,
    birthDate: known.birthDate,
    addresses: known.addresses,
    birthOrder: 2,
  });
});

it('what was kept before there were kinds of numbers, phones and addresses is read', () => {
  const { name, birthDate, sex } = known;
  const kept = { name, birthDate, sex, otherIds: [{ id: 'C7', issuer: '健康卡' }] };
  expect(KeptDescription.parse(kept)).toEqual({
    ...nothing,
    ...kept,
    otherIds: [{ id: 'C7', issuer: '健康卡', type: 'UNKNOWN' }],
  });
});
