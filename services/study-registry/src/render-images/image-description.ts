import type { DicomJson } from '@yinglian/dicom';
import { numberOf, numbersOf, textOf } from './attributes.js';
import type { Window } from './frame-source.js';
import { frameMacro } from './functional-groups.js';
import { type LookupTable, lookupTableOf } from './lookup-table.js';
import { pixelHeight } from './pixel-height.js';

/** How an image's pixels are stored and meant to be seen (PS3.3 sections C.7.6.3, C.11.1 and C.11.2). */
export interface ImageDescription {
  readonly transferSyntaxUid: string;
  readonly rows: number;
  readonly columns: number;
  /** As a multiple of its width. */
  readonly pixelHeight: number;
  readonly samplesPerPixel: number;
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  readonly highBit: number;
  readonly signed: boolean;
  readonly planar: boolean;
  readonly photometric: string;
  readonly pixelDataVr: string;
  /** Where a native frame begins in its first bytes. */
  readonly firstBit: number;
  readonly rescale: { readonly slope: number; readonly intercept: number };
  readonly modalityLut: LookupTable | null;
  readonly window: Window | null;
  readonly windowFunction: string;
  readonly voiLut: LookupTable | null;
  /** Black and white change places (MONOCHROME1; Presentation LUT Shape, PS3.3 section C.11.6). */
  readonly inverted: boolean;
  /** From what windows and tables make to what is displayed (PS3.3 section C.11.4); presentation states have one. */
  readonly presentationLut: LookupTable | null;
  /** Stored values that are no part of the image. */
  readonly padding: { readonly from: number; readonly to: number } | null;
}

/** Integers, floats, doubles. */
const PIXEL_DATA = new Set(['7FE00010', '7FE00008', '7FE00009']);
const FRAME_VOI_LUT = '00289132';
const PIXEL_VALUE_TRANSFORMATION = '00289145';

/** Null when the instance is no image. */
export function describeImage(
  transferSyntaxUid: string,
  metadata: DicomJson,
  frameNumber: number,
): ImageDescription | null {
  const rows = numberOf(metadata, '00280010') ?? 0;
  const columns = numberOf(metadata, '00280011') ?? 0;
  const bitsAllocated = numberOf(metadata, '00280100') ?? 0;
  const hasPixels = Object.keys(metadata).some((tag) => PIXEL_DATA.has(tag));
  if (rows <= 0 || columns <= 0 || bitsAllocated <= 0 || !hasPixels) return null;
  const bitsStored = numberOf(metadata, '00280101') ?? bitsAllocated;
  const values = { ...metadata, ...frameMacro(metadata, PIXEL_VALUE_TRANSFORMATION, frameNumber) };
  const seen = { ...metadata, ...frameMacro(metadata, FRAME_VOI_LUT, frameNumber) };
  const signed = numberOf(metadata, '00280103') === 1;
  const image = {
    transferSyntaxUid,
    rows,
    columns,
    pixelHeight: pixelHeight(metadata, frameNumber),
    samplesPerPixel: numberOf(metadata, '00280002') ?? 1,
    bitsAllocated,
    bitsStored,
    highBit: numberOf(metadata, '00280102') ?? bitsStored - 1,
    signed,
    planar: numberOf(metadata, '00280006') === 1,
    photometric: textOf(metadata, '00280004') ?? 'MONOCHROME2',
    pixelDataVr: metadata['7FE00010']?.vr ?? 'OW',
    firstBit: 0,
    rescale: { slope: numberOf(values, '00281053') ?? 1, intercept: numberOf(values, '00281052') ?? 0 },
    modalityLut: lookupTableOf(values, '00283000'),
    window: windowOf(seen),
    windowFunction: textOf(seen, '00281056') ?? 'LINEAR',
    voiLut: lookupTableOf(seen, '00283010'),
    inverted: textOf(metadata, '00280004') === 'MONOCHROME1' || textOf(metadata, '20500020') === 'INVERSE',
    presentationLut: null,
    padding: paddingOf(metadata),
  };
  return image;
}

function windowOf(metadata: DicomJson): Window | null {
  const center = numberOf(metadata, '00281050');
  const width = numberOf(metadata, '00281051');
  return center === undefined || width === undefined || width <= 0 ? null : { center, width };
}

/** Pixel Padding Value and Pixel Padding Range Limit (PS3.3 section C.7.5.1.1.2). */
function paddingOf(metadata: DicomJson): ImageDescription['padding'] {
  const [value] = numbersOf(metadata, '00280120');
  if (value === undefined) return null;
  const limit = numberOf(metadata, '00280121') ?? value;
  return { from: Math.min(value, limit), to: Math.max(value, limit) };
}
