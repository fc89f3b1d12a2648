import { type DicomJson, STATUS } from '@yinglian/dicom';
import type { CodedImage } from './codestream.js';
import { NotWritable } from './not-writable.js';

/** What the metadata say of the pixels; undefined where they say nothing. */
export interface PixelDescription {
  readonly rows: number | undefined;
  readonly columns: number | undefined;
  readonly samplesPerPixel: number | undefined;
  readonly bitsAllocated: number | undefined;
  readonly photometricInterpretation: string;
  /** 1 where nothing is said. */
  readonly numberOfFrames: number;
}

const SAMPLES = '00280002';
const PHOTOMETRIC = '00280004';
const PLANAR = '00280006';
const FRAMES = '00280008';
const ROWS = '00280010';
const COLUMNS = '00280011';
const BITS_ALLOCATED = '00280100';
const BITS_STORED = '00280101';
const HIGH_BIT = '00280102';
const IS_SIGNED = '00280103';
const NEEDED = [SAMPLES, PHOTOMETRIC, ROWS, COLUMNS, BITS_ALLOCATED, BITS_STORED, HIGH_BIT, IS_SIGNED];

export function pixelDescription(image: DicomJson): PixelDescription {
  const number = (tag: string) => {
    const [value] = image[tag]?.Value ?? [];
    return value === undefined || value === null || !Number.isInteger(Number(value)) ? undefined : Number(value);
  };
  return {
    rows: number(ROWS),
    columns: number(COLUMNS),
    samplesPerPixel: number(SAMPLES),
    bitsAllocated: number(BITS_ALLOCATED),
    photometricInterpretation: String(image[PHOTOMETRIC]?.Value?.[0] ?? ''),
    numberOfFrames: Math.max(number(FRAMES) ?? 1, 1),
  };
}

const us = (value: number) => ({ vr: 'US', Value: [value] });

/**
 * The macro with what the metadata leave to the frames (PS3.18 section 10.5.2).
 * @throws NotWritable when something is missing, or the frames are of another size than the metadata say
 */
export function describedBy(image: DicomJson, coded: CodedImage | undefined): DicomJson {
  const isSaid = (tag: string) => (image[tag]?.Value ?? []).length > 0;
  const derived = coded === undefined ? {} : macroOf(coded);
  const added = Object.entries(derived).filter(([tag]) => !isSaid(tag));
  const described: DicomJson = { ...image, ...Object.fromEntries(added) };
  const { rows, columns, samplesPerPixel } = pixelDescription(described);
  const isOther =
    coded !== undefined &&
    (coded.rows !== rows || coded.columns !== columns || coded.samplesPerPixel !== samplesPerPixel);
  if (isOther || NEEDED.some((tag) => (described[tag]?.Value ?? []).length === 0)) {
    throw new NotWritable(STATUS.dataSetDoesNotMatch, 'The metadata do not describe the pixels');
  }
  return described;
}

function macroOf({ rows, columns, samplesPerPixel, bits, isSigned, photometricInterpretation }: CodedImage): DicomJson {
  return {
    [SAMPLES]: us(samplesPerPixel),
    [PHOTOMETRIC]: { vr: 'CS', Value: [photometricInterpretation] },
    ...(samplesPerPixel > 1 ? { [PLANAR]: us(0) } : {}),
    [ROWS]: us(rows),
    [COLUMNS]: us(columns),
    [BITS_ALLOCATED]: us(bits > 8 ? 16 : 8),
    [BITS_STORED]: us(bits),
    [HIGH_BIT]: us(bits - 1),
    [IS_SIGNED]: us(isSigned ? 1 : 0),
  };
}
