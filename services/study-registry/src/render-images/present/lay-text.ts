import { advanceEm, type Glyphs, outlineWith, type TextOutline } from '../annotate/text-outline.js';
import type { Size } from '../viewport.js';
import type { Text } from './graphics.js';
import type { Point } from './turn.js';
import { UnshownState } from './unshown-state.js';

/** Lines of a text where they are written in the picture. */
export interface LaidText {
  readonly sizePixels: number;
  readonly lines: readonly { readonly outline: TextOutline; readonly at: Point }[];
  readonly from: Point;
  readonly to: Point;
}

/** In pixels of the picture. */
export interface PlacedText {
  readonly text: string;
  readonly alignment: Text['alignment'];
  readonly box: { readonly from: Point; readonly to: Point } | null;
  readonly anchor: Point | null;
}

interface Line {
  readonly text: string;
  readonly widthEm: number;
}

const LINE_BREAK = /\r\n|\r|\n/;
const LINE_HEIGHT = 1.3;
const BASELINE = 1.05;
/** Of the picture's shorter side. */
const SIZE = 1 / 32;
const USUAL_SIZES = { least: 16, most: 32 };
/** Smaller letters cannot be told apart. */
const SMALLEST_PIXELS = 8;
const SMALLER = 0.8;

/**
 * All of a text, from its box's corner on or beside its anchor, within the picture: long lines go on in the next one, and letters become
 * smaller where there is no room.
 * @throws UnshownState when the picture is too small for it
 */
export function layText(placed: PlacedText, glyphs: Glyphs, picture: Size): LaidText {
  const advances = placed.text
    .split(LINE_BREAK)
    .map((line) => [...line].map((character) => [character, advanceEm(glyphs, character)] as const));
  const shorter = Math.min(picture.width, picture.height);
  const usual = Math.min(Math.max(shorter * SIZE, USUAL_SIZES.least), USUAL_SIZES.most);
  for (let size = usual; size >= SMALLEST_PIXELS; size *= SMALLER) {
    const lines = advances.flatMap((line) => wrapped(line, picture.width / size));
    const widest = Math.max(...lines.map(({ widthEm }) => widthEm)) * size;
    if (widest > picture.width || lines.length * size * LINE_HEIGHT > picture.height) continue;
    return laidAs(placed, lines, size, { glyphs, picture });
  }
  throw new UnshownState('A text has no room in the picture; a larger viewport has it');
}

function laidAs(
  placed: PlacedText,
  lines: readonly Line[],
  size: number,
  { glyphs, picture }: { readonly glyphs: Glyphs; readonly picture: Size },
): LaidText {
  const width = Math.max(...lines.map(({ widthEm }) => widthEm)) * size;
  const height = lines.length * size * LINE_HEIGHT;
  const [left, top] = cornerOf(placed, width, size);
  const from: Point = [within(left, width, picture.width), within(top, height, picture.height)];
  const room = SHARE[placed.alignment];
  const outlines = lines.map(({ text }) => outlineWith(glyphs, text, size, Number.POSITIVE_INFINITY));
  return {
    sizePixels: size,
    from,
    to: [from[0] + width, from[1] + height],
    lines: outlines.map((outline, line) => ({
      outline,
      at: [from[0] + room * (width - outline.width), from[1] + size * (BASELINE + line * LINE_HEIGHT)],
    })),
  };
}

/** Of the room beside a line, how much is on its left. */
const SHARE: Readonly<Record<Text['alignment'], number>> = { LEFT: 0, CENTER: 0.5, RIGHT: 1 };

function cornerOf({ box, anchor, alignment }: PlacedText, width: number, size: number): Point {
  if (box === null) return anchor === null ? [0, 0] : [anchor[0] + size / 2, anchor[1] - size / 2];
  const room = Math.abs(box.to[0] - box.from[0]) - width;
  return [Math.min(box.from[0], box.to[0]) + SHARE[alignment] * room, Math.min(box.from[1], box.to[1])];
}

const within = (start: number, length: number, edge: number) => Math.max(Math.min(start, edge - length), 0);

/** A line in as many as it needs, each with one character at least. */
function wrapped(line: readonly (readonly [character: string, em: number])[], widestEm: number): Line[] {
  const lines: Line[] = [];
  let [text, widthEm] = ['', 0];
  for (const [character, em] of line) {
    if (text !== '' && widthEm + em > widestEm) {
      lines.push({ text, widthEm });
      [text, widthEm] = ['', 0];
    }
    text += character;
    widthEm += em;
  }
  return [...lines, { text, widthEm }];
}
