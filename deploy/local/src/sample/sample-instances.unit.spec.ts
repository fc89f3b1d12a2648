import { describe, expect, it } from '@jest/globals';
import dimse from 'dcmjs-dimse';
import { SAMPLE_HOSPITALS } from './hospitals.js';
import { birthDateOf, DOUBTFUL_PEOPLE, SAMPLE_PEOPLE } from './people.js';
import { sampleInstances } from './sample-instances.js';
import { SAMPLE_STUDIES } from './studies.js';

const context = { hospitalName: '栖云省立医院', homeSecret: 'secret', today: new Date('2026-11-24T00:00:00Z') };

/** GB 11643-1999 section 4.3. */
function residentCheckDigit(number: string): string {
  const sum = [...number.slice(0, 17)].reduce(
    (total, digit, index) => total + Number(digit) * (2 ** (17 - index) % 11),
    0,
  );
  return '10X98765432'[sum % 11] ?? '';
}

/** GB 32100-2015 section 5. */
function creditCheckCharacter(code: string): string {
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  const sum = [...code.slice(0, 17)].reduce(
    (total, one, index) => total + alphabet.indexOf(one) * (3 ** index % 31),
    0,
  );
  return alphabet[(31 - (sum % 31)) % 31] ?? '';
}

describe('the sample province', () => {
  it('has people whose numbers have the right check digit', () => {
    for (const person of Object.values(SAMPLE_PEOPLE)) {
      expect(person.residentId).toMatch(/^3399\d{13}[\dX]$/);
      expect(residentCheckDigit(person.residentId)).toBe(person.residentId.at(-1));
      expect(Number(person.residentId[16]) % 2 === 0 ? 'F' : 'M').toBe(person.sex);
      expect(birthDateOf(person)).toMatch(/^(19|20)\d{6}$/);
    }
  });

  it('has hospitals whose credit codes have the right check character', () => {
    for (const { creditCode } of SAMPLE_HOSPITALS) expect(creditCheckCharacter(creditCode)).toBe(creditCode.at(-1));
  });

  it('saw one person in two hospitals that write her name in two ways', () => {
    const visits = SAMPLE_STUDIES.filter(({ person }) => person === SAMPLE_PEOPLE.wang);
    expect(visits.map(({ hospital, patientName, characterSet }) => [hospital, patientName, characterSet])).toEqual([
      ['H001', '王^小雨', 'GB18030'],
      ['H002', 'WANG^XIAOYU', 'ISO_IR 192'],
    ]);
  });

  it('has somebody with another’s card, and somebody without one, for the steward', () => {
    const { borrower, again } = DOUBTFUL_PEOPLE;
    const { zheng, he } = SAMPLE_PEOPLE;
    expect([borrower.residentId, birthDateOf(borrower) === birthDateOf(zheng)]).toEqual([zheng.residentId, false]);
    expect([again.residentId, again.name, birthDateOf(again)]).toEqual(['', he.name, birthDateOf(he)]);
    for (const person of [borrower, again])
      expect(SAMPLE_STUDIES.filter((study) => study.person === person)).toHaveLength(1);
  });

  it('makes the same instances each time, that a DICOM reader understands', () => {
    const study = SAMPLE_STUDIES.find(({ accessionNumber }) => accessionNumber === 'DX7701');
    if (study === undefined) throw new Error('There is no such study');
    const [instance] = [...sampleInstances(study, context)];
    const [again] = [...sampleInstances(study, context)];
    expect(again?.readDataSet().equals(instance?.readDataSet() ?? Buffer.alloc(0))).toBe(true);
    const bytes = instance?.readDataSet() ?? Buffer.alloc(0);
    expect(bytes.includes(Buffer.from([0xd6, 0xa3, 0x5e, 0xb9, 0xf0, 0xc0, 0xbc]))).toBe(true);
    const dataSet = new dimse.Dataset(bytes, '1.2.840.10008.1.2.1').getElements();
    expect([dataSet.Modality, dataSet.StudyDescription, dataSet.Rows, dataSet.Columns]).toEqual([
      'DX',
      '胸部正位',
      1120,
      1024,
    ]);
    expect(dataSet.OtherPatientIDs).toBe(SAMPLE_PEOPLE.zheng.residentId);
  });
});
