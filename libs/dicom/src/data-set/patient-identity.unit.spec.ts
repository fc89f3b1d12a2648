import { describe, expect, it } from '@jest/globals';
import { patientIdentity } from './patient-identity.js';
import { readDataSet, type WrittenElement, writeDataSet } from './write-data-set.js';

const EXPLICIT = '1.2.840.10008.1.2.1';
const IMPLICIT = '1.2.840.10008.1.2';

const read = (elements: readonly WrittenElement[], syntax: string) =>
  patientIdentity(readDataSet(writeDataSet(elements, syntax), syntax));

/** These texts in GB18030. */
const GB18030: Readonly<Record<string, string>> = {
  公安: 'b9abb0b2',
  杭州市西湖区文三路18号: 'babcd6ddcad0cef7bafec7f8cec4c8fdc2b73138bac5',
  'SHEN^SUXIN=沈^素心': '5348454e5e535558494e3dc9f25ecbd8d0c4',
};

const elementsIn = (charset: string): WrittenElement[] => {
  const text = (value: string) =>
    charset === 'GB18030' ? Buffer.from(GB18030[value] ?? '', 'hex') : Buffer.from(value);
  return [
    { tag: 0x00080005, vr: 'CS', value: charset },
    { tag: 0x00101000, vr: 'LO', value: 'MZ7\\ \\ZY8' },
    {
      tag: 0x00101002,
      vr: 'SQ',
      value: [
        [
          { tag: 0x00100020, vr: 'LO', value: '339901198503120024' },
          { tag: 0x00100021, vr: 'LO', value: text('公安') },
          { tag: 0x00100022, vr: 'CS', value: 'TEXT' },
          { tag: 0x00100024, vr: 'SQ', value: [[{ tag: 0x00400035, vr: 'CS', value: 'NI' }]] },
        ],
        [
          { tag: 0x00100020, vr: 'LO', value: 'E12345678' },
          { tag: 0x00100022, vr: 'CS', value: 'PPN' },
        ],
        [{ tag: 0x00100021, vr: 'LO', value: 'NOBODY' }],
      ],
    },
    { tag: 0x00101040, vr: 'LO', value: text('杭州市西湖区文三路18号') },
    { tag: 0x00101060, vr: 'PN', value: text('SHEN^SUXIN=沈^素心') },
    { tag: 0x00102154, vr: 'SH', value: '13800138000\\0571-88001234' },
  ];
};

describe('what an image says of who its patient is', () => {
  it.each([
    ['ISO_IR 192', EXPLICIT],
    ['GB18030', EXPLICIT],
    ['GB18030', IMPLICIT],
  ])('in %s, transfer syntax %s', (charset, syntax) => {
    expect(read(elementsIn(charset), syntax)).toEqual({
      otherIds: [
        { id: 'MZ7', issuer: '', typeCode: '' },
        { id: 'ZY8', issuer: '', typeCode: '' },
        { id: '339901198503120024', issuer: '公安', typeCode: 'NI' },
        { id: 'E12345678', issuer: '', typeCode: 'PPN' },
      ],
      address: '杭州市西湖区文三路18号',
      phones: ['13800138000', '0571-88001234'],
      motherName: '沈^素心',
    });
  });

  it('is nothing when it does not say it', () => {
    expect(read([{ tag: 0x00100010, vr: 'PN', value: 'SHEN' }], EXPLICIT)).toEqual({
      otherIds: [],
      address: '',
      phones: [],
      motherName: '',
    });
  });
});
