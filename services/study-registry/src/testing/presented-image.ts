import { part10, uint16 } from '@yinglian/testing';
import { dataSetOf, type Elements, type PresentedImage } from './presentation-states.js';

const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7';

/** A still image of another size than high, for states to be made of. */
export const presentedImage = (columns: number, rows: number): PresentedImage => ({
  studyUid: '1.2.826.0.1.3680043.10.1561.47',
  seriesUid: '1.2.826.0.1.3680043.10.1561.47.1',
  patientId: 'P1',
  sopClassUid: SECONDARY_CAPTURE,
  sopInstanceUids: ['1.2.826.0.1.3680043.10.1561.47.1.1'],
  columns,
  rows,
});

/** Its file, of 8 bits where the values are bytes and of 12 where they are words. */
export function presentedFile(image: PresentedImage, values: Uint8Array | Uint16Array, changes: Elements = {}): Buffer {
  const [sopInstanceUid = ''] = image.sopInstanceUids;
  const isWide = values instanceof Uint16Array;
  const elements: Elements = {
    '00080005': ['CS', 'ISO_IR 192'],
    '00080016': ['UI', image.sopClassUid],
    '00080018': ['UI', sopInstanceUid],
    '00080060': ['CS', 'OT'],
    '00100010': ['PN', 'State^Test'],
    '00100020': ['LO', image.patientId],
    '0020000D': ['UI', image.studyUid],
    '0020000E': ['UI', image.seriesUid],
    '00280002': ['US', uint16(1)],
    '00280004': ['CS', 'MONOCHROME2'],
    '00280010': ['US', uint16(image.rows)],
    '00280011': ['US', uint16(image.columns)],
    '00280100': ['US', uint16(isWide ? 16 : 8)],
    '00280101': ['US', uint16(isWide ? 12 : 8)],
    '00280102': ['US', uint16(isWide ? 11 : 7)],
    '00280103': ['US', uint16(0)],
    '7FE00010': [isWide ? 'OW' : 'OB', Buffer.from(values.buffer, values.byteOffset, values.byteLength)],
    ...changes,
  };
  return part10(image.sopClassUid, sopInstanceUid, dataSetOf(elements));
}
