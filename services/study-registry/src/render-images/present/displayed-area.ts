import type { DicomJson } from '@yinglian/dicom';
import { itemsOf, numberOf, numbersOf, textOf } from '../attributes.js';
import { type Applicability, applicabilityOf } from './referenced-images.js';
import { UnshownState } from './unshown-state.js';

/** What of an image is displayed (PS3.3 section C.10.4), in its own pixels before it is turned; it may reach beyond the image. */
export interface DisplayedArea {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface AreaSelection {
  readonly applicability: Applicability;
  readonly area: DisplayedArea;
  /** Of a pixel before it is turned, as a multiple of its width; null when the state does not say it. */
  readonly pixelHeight: number | null;
  /** Pixels of the picture for one of the image, where the state says so. */
  readonly magnification: number | null;
}

const SELECTIONS = '0070005A';
const SELECTIONS_AT_MOST = 1_000;
const PIXELS_AT_MOST = 100_000_000;
const MODES = new Set(['SCALE TO FIT', 'TRUE SIZE', 'MAGNIFY']);

/** @throws UnshownState */
export function areaSelections(state: DicomJson): readonly AreaSelection[] {
  const items = itemsOf(state, SELECTIONS);
  if (items.length === 0) throw new UnshownState('It says no displayed area');
  if (items.length > SELECTIONS_AT_MOST) throw new UnshownState('It has too many displayed areas');
  return items.map((item) => ({
    applicability: applicabilityOf(item),
    area: areaOf(item),
    pixelHeight: pixelHeightOf(item),
    magnification: magnificationOf(item),
  }));
}

/** The corners are those of the turned image, told in pixels of the image before. */
function areaOf(item: DicomJson): DisplayedArea {
  const [column, row] = cornerOf(item, '00700052');
  const [otherColumn, otherRow] = cornerOf(item, '00700053');
  const width = Math.abs(otherColumn - column) + 1;
  const height = Math.abs(otherRow - row) + 1;
  if (width * height > PIXELS_AT_MOST) throw new UnshownState('The displayed area is too large');
  return { left: Math.min(column, otherColumn) - 1, top: Math.min(row, otherRow) - 1, width, height };
}

function cornerOf(item: DicomJson, tag: string): readonly [column: number, row: number] {
  const [column, row, ...rest] = numbersOf(item, tag);
  if (column === undefined || row === undefined || rest.length > 0 || !isWhole(column) || !isWhole(row)) {
    throw new UnshownState('A corner of the displayed area is missing or broken');
  }
  return [column, row];
}

const isWhole = (value: number) => Number.isInteger(value) && Math.abs(value) < 2 ** 31;

/** Presentation Pixel Spacing, else Presentation Pixel Aspect Ratio: vertical, then horizontal. */
function pixelHeightOf(item: DicomJson): number | null {
  for (const tag of ['00700101', '00700102']) {
    const [vertical, horizontal] = numbersOf(item, tag);
    if (vertical === undefined || horizontal === undefined) continue;
    const ratio = vertical / horizontal;
    if (!(ratio >= 0.1 && ratio <= 10)) throw new UnshownState('The pixels have no possible shape');
    return ratio;
  }
  return null;
}

function magnificationOf(item: DicomJson): number | null {
  const mode = textOf(item, '00700100') ?? '';
  if (!MODES.has(mode)) throw new UnshownState('The presentation size mode is not known');
  if (mode !== 'MAGNIFY') return null;
  const ratio = numberOf(item, '00700103');
  if (ratio === undefined || ratio <= 0) throw new UnshownState('The magnification is missing or broken');
  return ratio;
}
