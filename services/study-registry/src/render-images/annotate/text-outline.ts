import { sliceFor } from './font-slices.js';

/** Text as an outline: SVG path data with its baseline at 0, downwards positive. */
export interface TextOutline {
  readonly path: string;
  readonly width: number;
}

const LATIN_SPACE_EM = 0.25;

/**
 * Outlines of a line of text, glyph by glyph, at a size in pixels. A character that the font has not is written as its code point: it
 * may be the one that tells two names apart, so it is never left out. What does not fit into the width is cut off with an ellipsis.
 */
export async function textOutline(text: string, sizePixels: number, widest: number): Promise<TextOutline> {
  const paths: string[] = [];
  const ellipsis = await outlineOf('…', sizePixels);
  let width = 0;
  for (const character of spelled(text, await missingIn(text))) {
    const glyph = await outlineOf(character, sizePixels);
    if (width + glyph.advance > widest - ellipsis.advance) {
      return { path: [...paths, ellipsis.pathAt(width)].join(''), width: width + ellipsis.advance };
    }
    paths.push(glyph.pathAt(width));
    width += glyph.advance;
  }
  return { path: paths.join(''), width };
}

/** How far each character of a line advances, as a multiple of the size; one that the font has not with all of its code point. */
export async function textAdvances(text: string): Promise<readonly (readonly [character: string, em: number])[]> {
  const missing = await missingIn(text);
  return Promise.all(
    [...text].map(async (character) => {
      const written = missing.has(character) ? [...codePointName(character)] : [character];
      const outlines = await Promise.all(written.map((one) => advanceOf(one)));
      return [character, outlines.reduce((sum, em) => sum + em, 0)] as const;
    }),
  );
}

async function advanceOf(character: string): Promise<number> {
  const glyph = await glyphOf(character);
  return glyph === undefined ? LATIN_SPACE_EM : glyph.advanceWidth / glyph.unitsPerEm;
}

async function missingIn(text: string): Promise<ReadonlySet<string>> {
  const missing = new Set<string>();
  for (const character of new Set(text)) {
    if (character !== ' ' && (await glyphOf(character)) === undefined) missing.add(character);
  }
  return missing;
}

const spelled = (text: string, missing: ReadonlySet<string>) =>
  [...text].flatMap((character) => (missing.has(character) ? [...codePointName(character)] : [character]));

const codePointName = (character: string) =>
  `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;

async function outlineOf(character: string, sizePixels: number) {
  const glyph = await glyphOf(character);
  if (glyph === undefined) return { advance: LATIN_SPACE_EM * sizePixels, pathAt: () => '' };
  const scale = sizePixels / glyph.unitsPerEm;
  return {
    advance: glyph.advanceWidth * scale,
    pathAt: (x: number) => glyph.path.transform(scale, 0, 0, -scale, x, 0).toSVG(),
  };
}

async function glyphOf(character: string) {
  const codePoint = character.codePointAt(0) ?? 0;
  const font = await sliceFor(codePoint);
  if (!font?.hasGlyphForCodePoint(codePoint)) return undefined;
  const { advanceWidth, path } = font.glyphForCodePoint(codePoint);
  return { advanceWidth, path, unitsPerEm: font.unitsPerEm };
}
