import { randomInt } from 'node:crypto';
import type { DicomJson } from '@yinglian/dicom';
import type { DescribedPart } from './described-body.js';

const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7';
export const OCTETS = 'application/octet-stream';
export const RLE = 'image/dicom-rle; transfer-syntax=1.2.840.10008.1.2.5';

export const newUid = () => `1.2.826.0.1.3680043.10.1561.51.${randomInt(2 ** 47)}`;
export const one = (vr: string, ...Value: unknown[]) => ({ vr, Value });
export const octets = (location: string, body: Buffer): DescribedPart => ({ type: OCTETS, location, body });

/** Metadata of a secondary capture that dciodvfy has nothing against, of 3 × 2 grey pixels of 8 bits at `pixels`. */
export function captured(changes: object = {}): DicomJson {
  return {
    '00080005': one('CS', 'ISO_IR 100'),
    '00080016': one('UI', SECONDARY_CAPTURE),
    '00080018': one('UI', newUid()),
    '00080020': one('DA', '20261130'),
    '00080030': one('TM', '081500'),
    '00080050': { vr: 'SH' },
    '00080060': one('CS', 'OT'),
    '00080064': one('CS', 'WSD'),
    '00080090': { vr: 'PN' },
    '00100010': one('PN', { Alphabetic: 'Zhang^Wei', Ideographic: '张^伟' }),
    '00100020': one('LO', 'DESCRIBED'),
    '00100030': { vr: 'DA' },
    '00100040': one('CS', 'O'),
    '00200060': { vr: 'CS' },
    '0020000D': one('UI', newUid()),
    '0020000E': one('UI', newUid()),
    '00200010': { vr: 'SH' },
    '00200011': one('IS', 1),
    '00200013': one('IS', 1),
    '00200020': { vr: 'CS' },
    '00280002': one('US', 1),
    '00280004': one('CS', 'MONOCHROME2'),
    '00280010': one('US', 2),
    '00280011': one('US', 3),
    '00280100': one('US', 8),
    '00280101': one('US', 8),
    '00280102': one('US', 7),
    '00280103': one('US', 0),
    '7FE00010': { vr: 'OB', BulkDataURI: 'pixels' },
    ...changes,
  };
}

export const GREY = Buffer.from([0, 50, 100, 150, 200, 250]);
export const pathOf = (metadata: DicomJson) => {
  const [study, series, instance] = ['0020000D', '0020000E', '00080018'].map((tag) => metadata[tag]?.Value?.[0]);
  return `/dicom-web/studies/${study}/series/${series}/instances/${instance}`;
};

/** A frame of 3 × 2 in one segment: a literal run, and a byte of padding where it is asked for. */
export function rleFrame(first: number, padding: number): Buffer {
  const header = Buffer.alloc(64);
  header.writeUInt32LE(1, 0);
  header.writeUInt32LE(64, 4);
  return Buffer.concat([header, Buffer.from([5, first, 2, 3, 4, 5, 6]), Buffer.alloc(padding, 0x80)]);
}
