import { randomInt } from 'node:crypto';
import { element, part10, uint16 } from '@yinglian/testing';

const MULTI_FRAME_GREY = '1.2.840.10008.5.1.4.1.1.7.2';
const ENCAPSULATED_PDF = '1.2.840.10008.5.1.4.1.1.104.1';

export interface RenderedFile {
  /** Of the instance, from the service's root. */
  readonly address: string;
  readonly series: string;
  readonly study: string;
  readonly file: Buffer;
}

/** An 8-bit image of several frames, pixel by pixel; of a study of its own, or the next one of the same series. */
export function framesFile(
  columns: number,
  rows: number,
  frames: readonly Uint8Array[],
  place = newPlace(),
): RenderedFile {
  return fileOf(MULTI_FRAME_GREY, place, [
    element(0x00280002, 'US', uint16(1)),
    element(0x00280004, 'CS', 'MONOCHROME2'),
    element(0x00280008, 'IS', String(frames.length)),
    element(0x00280010, 'US', uint16(rows)),
    element(0x00280011, 'US', uint16(columns)),
    element(0x00280100, 'US', uint16(8)),
    element(0x00280101, 'US', uint16(8)),
    element(0x00280102, 'US', uint16(7)),
    element(0x00280103, 'US', uint16(0)),
    element(0x7fe00010, 'OB', Buffer.concat(frames)),
  ]);
}

export function pdfFile(document: Buffer): RenderedFile {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(document.length);
  return fileOf(ENCAPSULATED_PDF, newPlace(), [
    element(0x00420011, 'OB', document),
    element(0x00420012, 'LO', 'application/pdf'),
    element(0x00420015, 'UL', length),
  ]);
}

export const newPlace = () => ({
  studyUid: `1.2.826.0.1.3680043.10.1561.9.${randomInt(2 ** 47)}`,
  patientId: `R${randomInt(1e9)}`,
});

function fileOf(
  sopClassUid: string,
  { studyUid, patientId }: ReturnType<typeof newPlace>,
  elements: readonly Buffer[],
): RenderedFile {
  const sopInstanceUid = `${studyUid}.1.${randomInt(2 ** 47)}`;
  const dataSet = Buffer.concat([
    element(0x00080005, 'CS', 'ISO_IR 192'),
    element(0x00080016, 'UI', sopClassUid),
    element(0x00080018, 'UI', sopInstanceUid),
    element(0x00080060, 'CS', 'OT'),
    element(0x00100010, 'PN', ''),
    element(0x00100020, 'LO', patientId),
    element(0x0020000d, 'UI', studyUid),
    element(0x0020000e, 'UI', `${studyUid}.1`),
    ...elements,
  ]);
  const study = `/dicom-web/studies/${studyUid}`;
  const series = `${study}/series/${studyUid}.1`;
  const file = part10(sopClassUid, sopInstanceUid, dataSet);
  return { study, series, address: `${series}/instances/${sopInstanceUid}`, file };
}
