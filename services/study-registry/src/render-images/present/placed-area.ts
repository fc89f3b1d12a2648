import type { ImageDescription } from '../image-description.js';
import { type Placement, placed, type Size, type Viewport, within } from '../viewport.js';
import type { Presentation } from './presentation.js';
import { isSideways, turnedSize } from './turn.js';

const LONGEST_SIDE_PIXELS = 8_192;

/** The displayed area, turned, as large as is asked for, else as the state magnifies it, else in its own size. */
export function placedArea(
  { pixelHeight }: ImageDescription,
  { selection, state }: Presentation,
  viewport: Viewport | undefined,
): Placement | null {
  const size = turnedSize(selection.area, state.turn);
  const height = selection.pixelHeight ?? pixelHeight;
  return placed(
    viewport ?? ownViewport(size, selection.magnification),
    size,
    isSideways(state.turn) ? 1 / height : height,
  );
}

function ownViewport(size: Size, magnification: number | null): Viewport {
  const fit = LONGEST_SIDE_PIXELS / Math.max(size.width, size.height);
  if (magnification === null) return within(LONGEST_SIDE_PIXELS);
  const scale = Math.min(magnification, fit);
  const sides = { width: scaled(size.width, scale), height: scaled(size.height, scale) };
  return { ...within(LONGEST_SIDE_PIXELS), ...sides, enlarges: true };
}

const scaled = (length: number, scale: number) => Math.max(Math.round(length * scale), 1);
