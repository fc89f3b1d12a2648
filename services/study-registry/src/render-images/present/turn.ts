import type { DicomJson } from '@yinglian/dicom';
import { numberOf, textOf } from '../attributes.js';
import type { VisibleFrame } from '../display/visible-frame.js';
import type { Size } from '../viewport.js';
import type { DisplayedArea } from './displayed-area.js';
import { UnshownState } from './unshown-state.js';

/** How an image is turned (PS3.3 section C.10.6): clockwise, then mirrored left to right. */
export interface Turn {
  readonly degrees: 0 | 90 | 180 | 270;
  readonly mirrors: boolean;
}

export type Point = readonly [x: number, y: number];

/** @throws UnshownState */
export function turnOf(state: DicomJson): Turn {
  const degrees = numberOf(state, '00700042') ?? 0;
  const mirrors = textOf(state, '00700041') ?? 'N';
  if (degrees !== 0 && degrees !== 90 && degrees !== 180 && degrees !== 270) {
    throw new UnshownState('The rotation is none of 0, 90, 180 and 270 degrees');
  }
  if (mirrors !== 'Y' && mirrors !== 'N') throw new UnshownState('The horizontal flip is neither Y nor N');
  return { degrees, mirrors: mirrors === 'Y' };
}

export const isSideways = ({ degrees }: Turn): boolean => degrees === 90 || degrees === 270;

/** Of an area, once it is turned. */
export function turnedSize({ width, height }: Size, turn: Turn): Size {
  return isSideways(turn) ? { width: height, height: width } : { width, height };
}

/** Where a point of an area is once the area is turned; both from the upper left corner of the area. */
export function turnedPoint([x, y]: Point, area: Size, { degrees, mirrors }: Turn): Point {
  const { width, height } = area;
  const turned: Record<Turn['degrees'], Point> = {
    0: [x, y],
    90: [height - y, x],
    180: [width - x, height - y],
    270: [y, width - x],
  };
  const [across, down] = turned[degrees];
  return [mirrors ? turnedSize(area, { degrees, mirrors }).width - across : across, down];
}

/** The displayed area of a frame, turned; what lies beyond the image is black. */
export function turnedArea(frame: VisibleFrame, area: DisplayedArea, turn: Turn): VisibleFrame {
  const { channels } = frame;
  const size = turnedSize(area, turn);
  const pixels = new Uint8Array(size.width * size.height * channels);
  // Pixels are looked up by their centres, so that this is what graphics are turned by.
  const steps = backSteps(area, turn);
  for (let row = 0; row < size.height; row += 1) {
    for (let column = 0; column < size.width; column += 1) {
      const x = steps.x + column * steps.xAcross + row * steps.xDown;
      const y = steps.y + column * steps.yAcross + row * steps.yDown;
      if (x < 0 || y < 0 || x >= frame.width || y >= frame.height) continue;
      const from = (y * frame.width + x) * channels;
      const to = (row * size.width + column) * channels;
      for (let channel = 0; channel < channels; channel += 1) pixels[to + channel] = frame.pixels[from + channel] ?? 0;
    }
  }
  return { ...size, channels, pixels };
}

/** The pixel of the image in the upper left corner, and how it changes to the right and downwards. */
function backSteps(area: DisplayedArea, turn: Turn) {
  const centreOf = (x: number, y: number) => turnedPoint([x + 0.5, y + 0.5], area, turn);
  const [left, top] = centreOf(0, 0);
  const [rightwards, rightDown] = centreOf(1, 0).map((value, axis) => value - (axis === 0 ? left : top));
  const [downLeft, downwards] = centreOf(0, 1).map((value, axis) => value - (axis === 0 ? left : top));
  // A turn is its matrix; its inverse is the matrix transposed.
  const [xAcross, xDown, yAcross, yDown] = [rightwards ?? 0, rightDown ?? 0, downLeft ?? 0, downwards ?? 0];
  const [fromLeft, fromTop] = [0.5 - left, 0.5 - top];
  return {
    x: area.left + Math.round(fromLeft * xAcross + fromTop * xDown),
    y: area.top + Math.round(fromLeft * yAcross + fromTop * yDown),
    xAcross,
    xDown,
    yAcross,
    yDown,
  };
}
