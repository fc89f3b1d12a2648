import { createHash, randomInt } from 'node:crypto';
import { element, part10, uint16 } from './data-set-writer.js';

export const CT_IMAGE_STORAGE = '1.2.840.10008.5.1.4.1.1.2';
/** Of this year: a hospital that made a study not long ago treats the person (ADR 0061). */
export const CT_STUDY_DATE = `${new Date().getFullYear()}0105`;
const ROWS = 512;

export interface CtSlice {
  readonly sopInstanceUid: string;
  readonly dataSet: Buffer;
  /** SHA-256 of the data set, to check what comes back. */
  readonly sha256: string;
}

export interface CtSeries {
  readonly patientId: string;
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly slices: readonly CtSlice[];
  readonly bytes: number;
}

/** A whole number from 0, less than the one given. */
export type Chance = (below: number) => number;

const newUid = (chance: Chance) => `1.2.826.0.1.3680043.10.1561.${chance(2 ** 47)}.${chance(2 ** 47)}`;

/**
 * A new CT series of noisy 512 × 512 slices, 0.5 MB each, like a scanner's: no two alike, nothing compressible by luck. The
 * same chance makes the same series.
 */
export function ctSeries(
  slices: number,
  patientId = `B${randomInt(1e9)}`,
  chance: Chance = (below) => randomInt(below),
): CtSeries {
  const studyInstanceUid = newUid(chance);
  const seriesInstanceUid = newUid(chance);
  const made = Array.from({ length: slices }, (_, index) =>
    ctSlice(index, { patientId, studyInstanceUid, seriesInstanceUid }, chance),
  );
  return {
    patientId,
    studyInstanceUid,
    seriesInstanceUid,
    slices: made,
    bytes: made.reduce((sum, slice) => sum + slice.dataSet.length, 0),
  };
}

type Place = Pick<CtSeries, 'patientId' | 'studyInstanceUid' | 'seriesInstanceUid'>;

function ctSlice(index: number, { patientId, studyInstanceUid, seriesInstanceUid }: Place, chance: Chance): CtSlice {
  const sopInstanceUid = newUid(chance);
  const dataSet = Buffer.concat([
    element(0x00080005, 'CS', 'ISO_IR 192'),
    element(0x00080008, 'CS', 'ORIGINAL\\PRIMARY\\AXIAL'),
    element(0x00080016, 'UI', CT_IMAGE_STORAGE),
    element(0x00080018, 'UI', sopInstanceUid),
    element(0x00080020, 'DA', CT_STUDY_DATE),
    element(0x00080030, 'TM', '081500'),
    element(0x00080050, 'SH', `A${patientId}`),
    element(0x00080060, 'CS', 'CT'),
    element(0x00080070, 'LO', 'Bench'),
    element(0x00081030, 'LO', '胸部平扫'),
    element(0x00100010, 'PN', 'Bench^Patient=测试^病人'),
    element(0x00100020, 'LO', patientId),
    element(0x00100030, 'DA', '19800101'),
    element(0x00100040, 'CS', 'O'),
    element(0x00180015, 'CS', 'CHEST'),
    element(0x00180050, 'DS', '1.0'),
    element(0x0020000d, 'UI', studyInstanceUid),
    element(0x0020000e, 'UI', seriesInstanceUid),
    element(0x00200011, 'IS', '1'),
    element(0x00200013, 'IS', String(index + 1)),
    element(0x00200032, 'DS', `-250\\-250\\${index}`),
    element(0x00200037, 'DS', '1\\0\\0\\0\\1\\0'),
    element(0x00280002, 'US', uint16(1)),
    element(0x00280004, 'CS', 'MONOCHROME2'),
    element(0x00280010, 'US', uint16(ROWS)),
    element(0x00280011, 'US', uint16(ROWS)),
    element(0x00280030, 'DS', '0.9765625\\0.9765625'),
    element(0x00280100, 'US', uint16(16)),
    element(0x00280101, 'US', uint16(12)),
    element(0x00280102, 'US', uint16(11)),
    element(0x00280103, 'US', uint16(0)),
    element(0x00281050, 'DS', '40'),
    element(0x00281051, 'DS', '400'),
    element(0x00281052, 'DS', '-1024'),
    element(0x00281053, 'DS', '1'),
    element(0x7fe00010, 'OW', noise(index, chance)),
  ]);
  return { sopInstanceUid, dataSet, sha256: createHash('sha256').update(dataSet).digest('hex') };
}

// Globals are slow to reach in Jest's contexts, and this is reached for every pixel.
const { imul, floor } = Math;

/** A disc of soft tissue with 12-bit noise, from a small generator: random enough, and fast. */
function noise(seed: number, chance: Chance): Buffer {
  const pixels = new Uint16Array(ROWS * ROWS);
  let state = seed * 2_654_435_761 + chance(2 ** 31);
  for (let i = 0; i < pixels.length; i += 1) {
    state = (imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const x = (i % ROWS) - ROWS / 2;
    const y = floor(i / ROWS) - ROWS / 2;
    pixels[i] = (x * x + y * y < 40_000 ? 1_000 : 24) + (state >>> 26);
  }
  return Buffer.from(pixels.buffer);
}

export const fileOf = (slice: CtSlice) => part10(CT_IMAGE_STORAGE, slice.sopInstanceUid, slice.dataSet);
