import { type Result, success } from '@yinglian/platform';
import type { Lettering } from '../annotate/lettering.js';
import { type Glyphs, glyphsOf } from '../annotate/text-outline.js';
import type { Size } from '../viewport.js';
import type { Annotation } from './annotations.js';
import type { Colour } from './colours.js';
import type { Text, Units } from './graphics.js';
import { type LaidText, layText } from './lay-text.js';
import { outlineOf, written } from './outline.js';
import { notShown, type Presentation } from './presentation.js';
import { type Point, turnedPoint, turnedSize } from './turn.js';
import { UnshownState } from './unshown-state.js';

/** Of the picture's shorter side. */
const LINE = 1 / 400;
const THINNEST_PIXELS = 2;
const THICKEST_PIXELS = 6;
/** Beyond a line to each side, so that it is seen on what is as light as it. */
const RIM_PIXELS = 1;
const STROKE_EM = 0.035;
const RIM_EM = 0.16;

/**
 * Graphics and texts of a state, to be laid upon the picture of its displayed area from the lowest layer to the highest. Fails with
 * PRESENTATION_STATE_NOT_SHOWN when a text has no room.
 */
export async function drawings(
  presentation: Presentation,
  picture: Size,
  isGrey: boolean,
): Promise<Result<readonly Lettering[]>> {
  try {
    return success(presentation.annotations.length === 0 ? [] : [await drawingOf(presentation, picture, isGrey)]);
  } catch (error) {
    if (error instanceof UnshownState) return notShown(error.message);
    throw error;
  }
}

async function drawingOf(
  { annotations, selection, state }: Presentation,
  picture: Size,
  isGrey: boolean,
): Promise<Lettering> {
  const placeIn = placing(selection.area, state.turn, picture);
  const line = Math.min(Math.max(Math.min(picture.width, picture.height) * LINE, THINNEST_PIXELS), THICKEST_PIXELS);
  const glyphs = await glyphsOf(annotations.flatMap(({ texts }) => texts.map(({ text }) => text)).join(''));
  const layers = annotations.map((annotation) => {
    const ink = isGrey ? inkOf([annotation.grey, annotation.grey, annotation.grey]) : inkOf(annotation.colour);
    return [graphicsOf(annotation, placeIn, line, ink), textsOf(annotation, { placeIn, picture, glyphs }, line, ink)];
  });
  return { input: svgOf(layers.flat().join(''), picture), left: 0, top: 0 };
}

interface Ink {
  readonly stroke: string;
  readonly rim: string;
}

type Placing = (units: Units) => (point: Point) => Point;

/** From a unit of the state to pixels of the picture. */
function placing(area: Presentation['selection']['area'], turn: Presentation['state']['turn'], picture: Size): Placing {
  const size = turnedSize(area, turn);
  const [across, down] = [picture.width / size.width, picture.height / size.height];
  return (units) => (point) => {
    if (units === 'DISPLAY') return [point[0] * picture.width, point[1] * picture.height];
    const [x, y] = turnedPoint([point[0] - area.left, point[1] - area.top], area, turn);
    return [x * across, y * down];
  };
}

function graphicsOf({ graphics }: Annotation, placeIn: Placing, line: number, ink: Ink): string {
  return graphics
    .map((graphic) => {
      const { path, isClosed } = outlineOf(graphic, placeIn(graphic.units), line);
      const isFilled = isClosed && (graphic.filled || graphic.type === 'POINT' || graphic.type === 'MULTIPOINT');
      return stroked(path, line, isFilled, ink);
    })
    .join('');
}

const stroked = (path: string, line: number, isFilled: boolean, { stroke, rim }: Ink) =>
  `<path d="${path}" fill="none" stroke="${rim}" stroke-width="${line + 2 * RIM_PIXELS}"/>` +
  `<path d="${path}" fill="${isFilled ? stroke : 'none'}" stroke="${stroke}" stroke-width="${line}"/>`;

interface Paper {
  readonly placeIn: Placing;
  readonly picture: Size;
  readonly glyphs: Glyphs;
}

function textsOf(annotation: Annotation, { placeIn, picture, glyphs }: Paper, line: number, ink: Ink): string {
  const written: string[] = [];
  for (const text of annotation.texts) {
    const box = text.box && { from: placeIn(text.box.units)(text.box.from), to: placeIn(text.box.units)(text.box.to) };
    const anchor = text.anchor && placeIn(text.anchor.units)(text.anchor.at);
    const laid = layText({ text: text.text, alignment: text.alignment, box, anchor }, glyphs, picture);
    written.push(leaderOf(text, anchor, laid, line, ink), lettersOf(laid, ink));
  }
  return written.join('');
}

/** From the nearest edge of the text to its anchor. */
function leaderOf({ anchor }: Text, at: Point | null, { from, to }: LaidText, line: number, ink: Ink): string {
  if (anchor?.visible !== true || at === null) return '';
  const nearest: Point = [between(at[0], from[0], to[0]), between(at[1], from[1], to[1])];
  return stroked(`M${written(nearest)}L${written(at)}`, line, false, ink);
}

const between = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);

function lettersOf({ lines, sizePixels }: LaidText, { stroke, rim }: Ink): string {
  const letters = lines
    .map(({ outline, at }) => `<path transform="translate(${written(at)})" d="${outline.path}"/>`)
    .join('');
  return (
    `<g fill="${rim}" stroke="${rim}" stroke-width="${RIM_EM * sizePixels}">${letters}</g>` +
    `<g fill="${stroke}" stroke="${stroke}" stroke-width="${STROKE_EM * sizePixels}">${letters}</g>`
  );
}

/** What is light gets a black rim, what is dark a white one. */
function inkOf([red, green, blue]: Colour): Ink {
  const isLight = 0.299 * red + 0.587 * green + 0.114 * blue >= 128;
  return { stroke: `rgb(${red},${green},${blue})`, rim: isLight ? '#000' : '#fff' };
}

const svgOf = (drawn: string, { width, height }: Size) =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" stroke-linejoin="round" ` +
      `stroke-linecap="round">${drawn}</svg>`,
  );
