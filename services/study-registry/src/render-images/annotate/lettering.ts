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

/** Letters that are laid upon a picture, no larger than they need to be: a picture may have sixty million pixels. */
export interface Lettering {
  readonly input: Buffer;
  readonly left: number;
  readonly top: number;
}

/** White letters with a black rim, to be read on bone and on air. */
export async function letterings(
  { upperLeft, lowerLeft }: AnnotationLines,
  picture: Size,
): Promise<readonly Lettering[]> {
  const upper = upperLeft.length === 0 ? null : await block(upperLeft, picture);
  const lower = lowerLeft.length === 0 ? null : await block(lowerLeft, picture);
  return [
    ...(upper === null ? [] : [{ input: upper.svg, left: 0, top: 0 }]),
    ...(lower === null ? [] : [{ input: lower.svg, left: 0, top: picture.height - lower.height }]),
  ];
}

/** Lines one below the other, with a margin around them. */
async function block(lines: readonly string[], picture: Size): Promise<{ svg: Buffer; height: number }> {
  const shorter = Math.min(picture.width, picture.height);
  const size = Math.min(Math.max(Math.round(shorter * SIZE), SMALLEST_PIXELS), LARGEST_PIXELS);
  const margin = size / 2;
  const outlines = await Promise.all(lines.map((text) => textOutline(text, size, picture.width - 2 * margin)));
  const letters = outlines.map(({ path }, line) => {
    const baseline = margin + size + line * size * LINE_HEIGHT;
    return `<path transform="translate(${margin} ${baseline.toFixed(2)})" d="${path}"/>`;
  });
  const widest = Math.ceil(Math.max(...outlines.map(({ width }) => width)) + 2 * margin);
  const width = Math.min(widest, picture.width);
  const height = Math.min(Math.ceil(2 * margin + size + (lines.length - 1) * size * LINE_HEIGHT), picture.height);
  return { svg: svgOf(letters.join(''), size, { width, height }), height };
}

const svgOf = (letters: string, size: number, { width, height }: Size) =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" stroke-linejoin="round">` +
      `<g fill="#000" stroke="#000" stroke-width="${RIM_EM * size}">${letters}</g>` +
      `<g fill="#fff" stroke="#fff" stroke-width="${STROKE_EM * size}">${letters}</g></svg>`,
  );
