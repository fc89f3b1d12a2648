import { expect, it } from '@jest/globals';
import { addToDescription } from './patient-description.js';

const known = {
  name: { ideographic: '沈^清秋', charsetGuessed: false },
  birthDate: '19850312',
  sex: 'F',
  otherIds: [{ id: '339901198503120024', issuer: '' }],
};
const nothing = { name: { charsetGuessed: false }, birthDate: '', sex: '', otherIds: [] };

it('what a message does not say of a patient stays, and what it says replaces what was known', () => {
  expect(addToDescription(known, nothing)).toEqual(known);
  const said = { ...nothing, name: { ideographic: '沈^青秋', charsetGuessed: false }, birthDate: '19850313' };
  expect(addToDescription(known, said)).toEqual({ ...known, name: said.name, birthDate: said.birthDate });
  const other = { ...nothing, sex: 'M', otherIds: [{ id: 'C7', issuer: '' }] };
  expect(addToDescription(known, other)).toEqual({ ...known, sex: 'M', otherIds: other.otherIds });
});
