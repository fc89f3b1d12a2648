import type { DicomJson } from '@yinglian/dicom';
import { itemsOf, numberOf, numbersOf, textOf } from '../attributes.js';
import { type Colour, colourOf, luminanceOf, WHITE } from './colours.js';
import { type Graphic, graphicsOf, type Text, textsOf } from './graphics.js';
import { type Applicability, applicabilityOf } from './referenced-images.js';
import { UnshownState } from './unshown-state.js';

/** Graphics and texts of a layer (PS3.3 sections C.10.5 and C.10.7). */
export interface Annotation {
  readonly applicability: Applicability;
  readonly grey: number;
  readonly colour: Colour;
  readonly graphics: readonly Graphic[];
  readonly texts: readonly Text[];
}

interface Layer {
  readonly order: number;
  readonly grey: number;
  readonly colour: Colour;
}

const ANNOTATIONS = '00700001';
const LAYERS = '00700060';
const OBJECTS_AT_MOST = 1_000;
const POINTS_AT_MOST = 20_000;
const CHARACTERS_AT_MOST = 2_000;

/** From the lowest layer to the highest. @throws UnshownState */
export function annotationsOf(state: DicomJson): readonly Annotation[] {
  const layers = layersOf(state);
  const annotations = itemsOf(state, ANNOTATIONS).map((item) => {
    const layer = layers.get(textOf(item, '00700002') ?? '');
    if (layer === undefined) throw new UnshownState('An annotation lies in no layer');
    const read = { graphics: graphicsOf(item), texts: textsOf(item) };
    refuseCompounds(item);
    return { ...layer, ...read, applicability: applicabilityOf(item) };
  });
  refuseTooMuch(annotations);
  return annotations.sort((one, other) => one.order - other.order);
}

/** Layers that overlays are put in, too. @throws UnshownState */
export function layersOf(state: DicomJson): ReadonlyMap<string, Layer> {
  return new Map(
    itemsOf(state, LAYERS).map((item) => {
      const lab = numbersOf(item, '00700401');
      const value = numberOf(item, '00700066');
      const grey = value === undefined ? luminanceOf(lab) : Math.round(Math.min(Math.max(value, 0), 65_535) / 257);
      const colour = colourOf(lab) ?? (grey === undefined ? WHITE : ([grey, grey, grey] as const));
      const layer = { order: numberOf(item, '00700062') ?? 0, grey: grey ?? 255, colour };
      return [textOf(item, '00700002') ?? '', layer];
    }),
  );
}

/** A compound graphic comes with plain ones that look alike, for who draws no rulers and arrows (PS3.3 section C.10.5.1.2). */
function refuseCompounds(item: DicomJson): void {
  const plain = new Set(
    [...itemsOf(item, '00700008'), ...itemsOf(item, '00700009')].map((object) => numberOf(object, '00700226')),
  );
  const isAlone = itemsOf(item, '00700209').some((compound) => {
    const id = numberOf(compound, '00700226');
    return id === undefined || !plain.has(id);
  });
  if (isAlone) throw new UnshownState('A compound graphic has no plain ones that stand for it');
}

function refuseTooMuch(annotations: readonly Annotation[]): void {
  const graphics = annotations.flatMap((annotation) => annotation.graphics);
  const texts = annotations.flatMap((annotation) => annotation.texts);
  const points = graphics.reduce((sum, graphic) => sum + graphic.points.length, 0);
  const characters = texts.reduce((sum, { text }) => sum + text.length, 0);
  if (graphics.length + texts.length > OBJECTS_AT_MOST) throw new UnshownState(`More than ${OBJECTS_AT_MOST} objects`);
  if (points > POINTS_AT_MOST) throw new UnshownState(`Its graphics have more than ${POINTS_AT_MOST} points`);
  if (characters > CHARACTERS_AT_MOST)
    throw new UnshownState(`Its texts have more than ${CHARACTERS_AT_MOST} characters`);
}
