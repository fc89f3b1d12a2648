import type { Overlay } from '../overlays.js';
import type { VisibleFrame } from './visible-frame.js';

const WHITE = 255;

/** Makes the pixels white that overlays mark. */
export function drawOverlays({ width, height, channels, pixels }: VisibleFrame, overlays: readonly Overlay[]): void {
  for (const { rows, columns, top, left, bits, firstBit } of overlays) {
    const lastRow = Math.min(rows, height - top);
    const lastColumn = Math.min(columns, width - left);
    for (let row = Math.max(-top, 0); row < lastRow; row += 1) {
      for (let column = Math.max(-left, 0); column < lastColumn; column += 1) {
        const bit = firstBit + row * columns + column;
        if ((((bits[bit >> 3] ?? 0) >> (bit & 7)) & 1) === 0) continue;
        const at = ((top + row) * width + left + column) * channels;
        pixels.fill(WHITE, at, at + channels);
      }
    }
  }
}
