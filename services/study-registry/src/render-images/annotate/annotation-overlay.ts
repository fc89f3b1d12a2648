import type { Size } from '../viewport.js';
import { textOutline } from './text-outline.js';

/** What is written into the corners of a picture, line by line. */
export interface AnnotationLines {
  readonly upperLeft: readonly string[];
  readonly lowerLeft: readonly string[];
}

/** Chinese characters cannot be read in fewer pixels. */
const SMALLEST_PIXELS = 16;
const LARGEST_PIXELS = 40;
/** Of the picture's shorter side. */
const SIZE = 1 / 28;
const LINE_HEIGHT = 1.3;
/** The font's own strokes are hair lines. */
const STROKE_EM = 0.035;
const RIM_EM = 0.16;

/** An SVG of the picture's size: white letters with a black rim, to be read on bone and on air. */
export async function annotationOverlay(lines: AnnotationLines, { width, height }: Size): Promise<Buffer> {
  const size = Math.min(Math.max(Math.round(Math.min(width, height) * SIZE), SMALLEST_PIXELS), LARGEST_PIXELS);
  const margin = size / 2;
  const lowest = height - margin - (lines.lowerLeft.length - 1) * size * LINE_HEIGHT;
  const placed = [
    ...lines.upperLeft.map((text, line) => ({ text, baseline: margin + size + line * size * LINE_HEIGHT })),
    ...lines.lowerLeft.map((text, line) => ({ text, baseline: lowest + line * size * LINE_HEIGHT })),
  ];
  const drawn = await Promise.all(
    placed.map(async ({ text, baseline }) => {
      const { path } = await textOutline(text, size, width - 2 * margin);
      return `<path transform="translate(${margin} ${baseline.toFixed(2)})" d="${path}"/>`;
    }),
  );
  const letters = drawn.join('');
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" stroke-linejoin="round">` +
      `<g fill="#000" stroke="#000" stroke-width="${RIM_EM * size}">${letters}</g>` +
      `<g fill="#fff" stroke="#fff" stroke-width="${STROKE_EM * size}">${letters}</g></svg>`,
  );
}
