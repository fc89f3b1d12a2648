import { describe, expect, it } from '@jest/globals';
import type { DicomJson } from '@yinglian/dicom';
import { annotationLines } from './annotation-lines.js';

const value = (vr: string, one: unknown) => ({ vr, Value: [one] });
const METADATA: DicomJson = {
  '00080020': value('DA', '20260105'),
  '00080030': value('TM', '081500.123'),
  '00080060': value('CS', 'CT'),
  '00081030': value('LO', '胸部平扫'),
  '00100010': value('PN', { Alphabetic: 'Zhang^Wei', Ideographic: '张^伟' }),
  '00100020': value('LO', 'P01KB0000000000000000000005'),
  '00100030': value('DA', '19800101'),
  '00100040': value('CS', 'M'),
  '00101002': value('SQ', { '00100020': value('LO', 'B1'), '00100021': value('LO', 'H001') }),
  '00180050': value('DS', '1.5'),
  '00180060': value('DS', 120),
  '00200011': value('IS', 2),
  '00200013': value('IS', 7),
  '00280008': value('IS', 3),
};
const annotated = { metadata: METADATA, frameNumber: 2, window: { center: 40, width: 400 } };

describe('what is written on a picture', () => {
  it('says who the patient is, under both identities', () => {
    expect(annotationLines(['patient'], annotated)).toEqual({
      upperLeft: ['张伟  Zhang Wei', 'P01KB0000000000000000000005', 'H001  B1', '1980-01-01  M'],
      lowerLeft: [],
    });
  });

  it('says how the image was made and is shown', () => {
    expect(annotationLines(['technique'], annotated)).toEqual({
      upperLeft: [],
      lowerLeft: ['CT', '胸部平扫', '2026-01-05  08:15:00', 'Se 2  Im 7  Fr 2/3', '120 kV  1.5 mm', 'W 400 L 40'],
    });
  });

  it('leaves out what is not known', () => {
    const nothing = { metadata: { '00100010': { vr: 'PN' } }, frameNumber: 1, window: null };
    expect(annotationLines(['patient', 'technique'], nothing)).toEqual({ upperLeft: [], lowerLeft: [] });
  });
});
