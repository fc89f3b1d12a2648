import { sliceFor, sliceNameFor } from './font-slices.js';

/** Text as an outline: SVG path data with its baseline at 0, downwards positive. */
export interface TextOutline {
  readonly path: string;
  readonly width: number;
}

const LATIN_SPACE_EM = 0.25;
const ELLIPSIS = '…';
/** What code points are written with, and where a line is cut off. */
const ALWAYS = `${ELLIPSIS}[]U+0123456789ABCDEF`;

/** What the font has of some characters; undefined for those that it has not. */
export type Glyphs = ReadonlyMap<string, Glyph | undefined>;

interface Glyph {
  readonly advanceEm: number;
  outline(sizePixels: number, x: number): string;
}

/**
 * Outlines of a line of text, glyph by glyph, at a size in pixels. A character that the font has not is written as its code point: it
 * may be the one that tells two names apart, so it is never left out. What does not fit into the width is cut off with an ellipsis.
 */
export async function textOutline(text: string, sizePixels: number, widest: number): Promise<TextOutline> {
  return outlineWith(await glyphsOf(text), text, sizePixels, widest);
}

/** The same with glyphs that are read already. */
export function outlineWith(glyphs: Glyphs, text: string, sizePixels: number, widest: number): TextOutline {
  const paths: string[] = [];
  const ellipsis = glyphs.get(ELLIPSIS);
  const ellipsisWidth = (ellipsis?.advanceEm ?? 0) * sizePixels;
  let width = 0;
  for (const character of [...text].flatMap((one) => spelled(one, glyphs))) {
    const glyph = glyphs.get(character);
    const advance = (glyph?.advanceEm ?? LATIN_SPACE_EM) * sizePixels;
    if (width + advance > widest - ellipsisWidth) {
      return { path: [...paths, ellipsis?.outline(sizePixels, width) ?? ''].join(''), width: width + ellipsisWidth };
    }
    paths.push(glyph?.outline(sizePixels, width) ?? '');
    width += advance;
  }
  return { path: paths.join(''), width };
}

/** How far a character advances, as a multiple of the size; one that the font has not with all of its code point. */
export const advanceEm = (glyphs: Glyphs, character: string): number =>
  spelled(character, glyphs).reduce((sum, one) => sum + (glyphs.get(one)?.advanceEm ?? LATIN_SPACE_EM), 0);

/** Of all characters of a text and of what may be written in their place, each file of the font read once. */
export async function glyphsOf(text: string): Promise<Glyphs> {
  const characters = [...new Set([...text, ...ALWAYS])];
  const named = await Promise.all(
    characters.map(async (character) => ({ character, name: (await sliceNameFor(codePointOf(character))) ?? '' })),
  );
  const glyphs = new Map<string, Glyph | undefined>();
  for (const { character } of named.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    glyphs.set(character, await glyphOf(character));
  }
  return glyphs;
}

const spelled = (character: string, glyphs: Glyphs) =>
  character === ' ' || glyphs.get(character) !== undefined ? [character] : [...codePointName(character)];

const codePointName = (character: string) =>
  `[U+${codePointOf(character).toString(16).toUpperCase().padStart(4, '0')}]`;

const codePointOf = (character: string) => character.codePointAt(0) ?? 0;

async function glyphOf(character: string): Promise<Glyph | undefined> {
  const codePoint = codePointOf(character);
  const font = await sliceFor(codePoint);
  if (!font?.hasGlyphForCodePoint(codePoint)) return undefined;
  const { advanceWidth, path } = font.glyphForCodePoint(codePoint);
  return {
    advanceEm: advanceWidth / font.unitsPerEm,
    outline: (sizePixels, x) => {
      const scale = sizePixels / font.unitsPerEm;
      return path.transform(scale, 0, 0, -scale, x, 0).toSVG();
    },
  };
}
