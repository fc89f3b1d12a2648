import type { Shutter, ShutterShape } from '../present/shutter.js';
import type { VisibleFrame } from './visible-frame.js';

/** Columns of a row that are seen, from 1, both included. */
type Span = readonly [first: number, last: number];

/**
 * Covers what lies outside of a shutter.
 * @param pixelHeight as a multiple of its width: a circle's radius counts pixels of a row
 */
export function drawShutter(
  { width, height, channels, pixels }: VisibleFrame,
  { shapes, grey }: Shutter,
  pixelHeight: number,
): void {
  for (const shape of shapes) {
    for (let row = 1; row <= height; row += 1) {
      const start = (row - 1) * width * channels;
      let covered = 1;
      for (const [first, last] of spansOf(shape, row, pixelHeight)) {
        const from = Math.min(Math.max(Math.ceil(first), covered), width + 1);
        pixels.fill(grey, start + (covered - 1) * channels, start + (from - 1) * channels);
        covered = Math.max(covered, Math.min(Math.floor(last), width) + 1);
      }
      pixels.fill(grey, start + (covered - 1) * channels, start + width * channels);
    }
  }
}

/** In order, from left to right. */
function spansOf(shape: ShutterShape, row: number, pixelHeight: number): readonly Span[] {
  if (shape.kind === 'rectangle') {
    return row >= shape.top && row <= shape.bottom && shape.left <= shape.right ? [[shape.left, shape.right]] : [];
  }
  if (shape.kind === 'circle') {
    const [column, centre] = shape.centre;
    const half = Math.sqrt(shape.radius ** 2 - ((row - centre) * pixelHeight) ** 2);
    return Number.isNaN(half) ? [] : [[column - half, column + half]];
  }
  return polygonSpans(shape.vertices, row);
}

/** By the even-odd rule, with what lies on the upper edges. */
function polygonSpans(vertices: readonly (readonly [x: number, y: number])[], row: number): readonly Span[] {
  const crossings: number[] = [];
  for (const [index, [x, y]] of vertices.entries()) {
    const [nextX, nextY] = vertices[(index + 1) % vertices.length] ?? [x, y];
    if (y <= row !== nextY <= row) crossings.push(x + ((row - y) / (nextY - y)) * (nextX - x));
  }
  const sorted = crossings.sort((one, other) => one - other);
  return Array.from(
    { length: sorted.length >> 1 },
    (_, pair): Span => [sorted[2 * pair] ?? 0, sorted[2 * pair + 1] ?? 0],
  );
}
