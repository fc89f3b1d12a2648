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
      { multipart: true, type: 'application/dicom', transferSyntax: '*' },
      { multipart: false, type: 'image/png', transferSyntax: null },
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
});
