import { describe, expect, it } from '@jest/globals';
import { ctSeries } from '@yinglian/testing';
import { EXPLICIT_BIG_ENDIAN, EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN } from './transfer-syntaxes.js';
import { PatientNotWritable, withLocalPatient } from './with-local-patient.js';
import { readDataSet, type WrittenElement, writeDataSet } from './write-data-set.js';

const LOCAL = { patientId: 'L77', issuer: 'H002-HIS' };

async function* inPieces(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function written(dataSet: Buffer, syntax: string, size = 7_001, patient = LOCAL): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of withLocalPatient(inPieces(dataSet, size), syntax, patient, 'H001')) pieces.push(piece);
  return Buffer.concat(pieces);
}

const header = (others: WrittenElement[] = []): WrittenElement[] => [
  { tag: 0x00080005, vr: 'CS', value: 'ISO_IR 100' },
  { tag: 0x00080018, vr: 'UI', value: '1.2.3' },
  { tag: 0x00081140, vr: 'SQ', value: [[{ tag: 0x00100020, vr: 'LO', value: 'NOT MINE' }]] },
  { tag: 0x00100000, vr: 'UL', value: Buffer.from([1, 0, 0, 0]) },
  { tag: 0x00100010, vr: 'PN', value: 'Test^Name' },
  ...others,
  { tag: 0x0020000d, vr: 'UI', value: '1.2' },
  { tag: 0x7fe00010, vr: 'US', value: Buffer.from([1, 2, 3, 4]) },
];

function identityOf(bytes: Buffer, syntax: string) {
  const { dataSet } = readDataSet(bytes, syntax);
  const others = dataSet.elements.x00101002?.items ?? [];
  return {
    id: dataSet.string('x00100020'),
    issuer: dataSet.string('x00100021'),
    name: dataSet.string('x00100010'),
    hasGroupLength: dataSet.elements.x00100000 !== undefined,
    others: others.map((item) => [item.dataSet?.string('x00100020'), item.dataSet?.string('x00100021')]),
  };
}

describe('a data set under the identity of another hospital', () => {
  it.each([1_000, 7_001, 10_000_000])('keeps every byte after the patient, in pieces of %i', async (size) => {
    const [slice] = ctSeries(1).slices;
    const before = slice?.dataSet ?? Buffer.alloc(0);
    const after = await written(before, EXPLICIT_LITTLE_ENDIAN, size);
    const restOf = (bytes: Buffer) => bytes.subarray(bytes.indexOf(Buffer.from([0x10, 0, 0x30, 0, 0x44, 0x41])));
    // From Study Instance UID on, pixels and all.
    const fromStudy = (bytes: Buffer) => bytes.subarray(bytes.indexOf(Buffer.from([0x20, 0, 0x0d, 0])));
    expect(fromStudy(after).equals(fromStudy(before))).toBe(true);
    expect(restOf(after).length).toBeGreaterThan(restOf(before).length);
  });

  it.each([EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN])('keeps the original ids in %s', async (syntax) => {
    const before = writeDataSet(
      header([
        { tag: 0x00100020, vr: 'LO', value: 'P1' },
        { tag: 0x00100021, vr: 'LO', value: 'H001-PACS' },
        { tag: 0x00101002, vr: 'SQ', value: [[{ tag: 0x00100020, vr: 'LO', value: 'OLD' }]] },
      ]),
      syntax,
    );
    expect(identityOf(await written(before, syntax), syntax)).toEqual({
      id: 'L77',
      issuer: 'H002-HIS',
      name: 'Test^Name',
      hasGroupLength: false,
      others: [
        ['OLD', undefined],
        ['P1', 'H001-PACS'],
      ],
    });
  });

  it('names the hospital where the original id has no issuer, and writes none where the local one has none', async () => {
    const before = writeDataSet(header([{ tag: 0x00100020, vr: 'LO', value: 'P1' }]), EXPLICIT_LITTLE_ENDIAN);
    const after = await written(before, EXPLICIT_LITTLE_ENDIAN, 50, { patientId: 'L77', issuer: '' });
    expect(identityOf(after, EXPLICIT_LITTLE_ENDIAN)).toMatchObject({
      id: 'L77',
      issuer: undefined,
      others: [['P1', 'H001']],
    });
  });

  it('adds to a sequence of undefined length', async () => {
    const item = Buffer.from('feff00e0ffffffff10002000' + '4c4f0400' + '4f4c4431' + 'feff0de000000000', 'hex');
    const sequence = Buffer.concat([
      Buffer.from('10000210' + '53510000ffffffff', 'hex'),
      item,
      Buffer.from('feffdde000000000', 'hex'),
    ]);
    const [before, after] = [header().slice(0, 5), header().slice(5)].map((each) =>
      writeDataSet(each, EXPLICIT_LITTLE_ENDIAN),
    );
    const dataSet = Buffer.concat([before ?? sequence, sequence, after ?? sequence]);
    expect(identityOf(await written(dataSet, EXPLICIT_LITTLE_ENDIAN), EXPLICIT_LITTLE_ENDIAN).others).toEqual([
      ['OLD1', undefined],
      [undefined, 'H001'],
    ]);
  });

  it.each([
    ['big endian', EXPLICIT_BIG_ENDIAN, LOCAL],
    ['a local id that is not ASCII', EXPLICIT_LITTLE_ENDIAN, { patientId: '病人', issuer: '' }],
  ])('is not written for %s', async (_, syntax, patient) => {
    const before = writeDataSet(header(), EXPLICIT_LITTLE_ENDIAN);
    await expect(written(before, syntax, 50, patient)).rejects.toThrow(PatientNotWritable);
  });
});
