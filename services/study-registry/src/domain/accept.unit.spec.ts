import { describe, expect, it } from '@jest/globals';
import { choose, readAccept } from './accept.js';

const JPEG_LOSSLESS = '1.2.840.10008.1.2.4.70';
const file = { multipart: true, type: 'application/dicom', transferSyntaxUid: JPEG_LOSSLESS };
const single = { ...file, multipart: false };
const chosen = (header: string | undefined) => choose(readAccept(header), [file, single]);

describe('an Accept header of DICOMweb (PS3.18 section 8.7)', () => {
  it('is read with quoted parameters, by its wishes’ weight', () => {
    expect(
      readAccept('image/png;q=0.5, multipart/related; type="application/dicom"; transfer-syntax=*, text/plain;q=0'),
    ).toEqual([
      { multipart: true, type: 'application/dicom', transferSyntax: '*', rank: 0 },
      { multipart: false, type: 'image/png', transferSyntax: null, rank: 1 },
    ]);
  });

  it.each([
    undefined,
    '*/*',
    'multipart/related',
    'multipart/related; type=application/dicom',
    'multipart/related; type="application/*"; transfer-syntax=*',
    `multipart/related; type="application/dicom"; transfer-syntax=${JPEG_LOSSLESS}`,
    'text/html, */*;q=0.1',
  ])('%j takes a multipart answer', (header) => expect(chosen(header)).toBe(file));

  it('application/dicom takes one part', () => expect(chosen('application/dicom')).toBe(single));

  it.each([
    'text/html',
    'multipart/related; type="image/jpeg"',
    'multipart/related; type="application/dicom"; transfer-syntax=1.2.840.10008.1.2.1',
    'application/dicom;q=0',
    ';;;,"',
  ])('%j takes nothing that is here', (header) => expect(chosen(header)).toBeUndefined());

  it('comes after the query parameter of that name, and stands for it where that cannot be given', () => {
    expect(choose(readAccept('*/*', 'application/dicom'), [file, single])).toBe(single);
    expect(choose(readAccept('*/*', 'image/png'), [file, single])).toBe(file);
    expect(choose(readAccept(undefined, 'image/png'), [file, single])).toBeUndefined();
  });

  describe('with what would have to be made', () => {
    const made = { ...file, transferSyntaxUid: '1.2.840.10008.1.2.1', isMade: true };
    const type = 'multipart/related; type="application/dicom"';

    it.each([
      [`${type}; transfer-syntax=1.2.840.10008.1.2.1`, made],
      [`${type}; transfer-syntax=1.2.840.10008.1.2.1, ${type}; transfer-syntax=*; q=0.5`, made],
      [`${type}; transfer-syntax=1.2.840.10008.1.2.1, ${type}; transfer-syntax=${JPEG_LOSSLESS}`, file],
      [`${type}; transfer-syntax=1.2.840.10008.1.2.1; q=0.5, ${type}; transfer-syntax=*`, file],
      [type, file],
      ['*/*', file],
      [`${type}; transfer-syntax=1.2.840.10008.1.2.4.80`, undefined],
    ])('%s', (header, offer) => expect(choose(readAccept(header), [file, made])).toBe(offer));
  });
});
