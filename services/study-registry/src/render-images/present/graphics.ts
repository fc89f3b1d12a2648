import type { DicomJson } from '@yinglian/dicom';
import { itemsOf, numberOf, numbersOf, textOf } from '../attributes.js';
import type { Point } from './turn.js';
import { UnshownState } from './unshown-state.js';

/** Of the image's pixels, the first of which reaches from 0 to 1; or of the displayed area, which does (PS3.3 section C.10.5.1.1). */
export type Units = 'PIXEL' | 'DISPLAY';

/** PS3.3 section C.10.5.1.2; MULTIPOINT is of structured reports, and drawn where somebody has written it. */
export type GraphicType = 'POINT' | 'MULTIPOINT' | 'POLYLINE' | 'INTERPOLATED' | 'CIRCLE' | 'ELLIPSE';

export interface Graphic {
  readonly type: GraphicType;
  readonly units: Units;
  readonly points: readonly Point[];
  readonly filled: boolean;
}

export interface Text {
  readonly text: string;
  /** Upper left and lower right of what it is to be written in, once the image is turned. */
  readonly box: { readonly units: Units; readonly from: Point; readonly to: Point } | null;
  readonly alignment: 'LEFT' | 'CENTER' | 'RIGHT';
  /** What it is about; a line is drawn to it where it is visible. */
  readonly anchor: { readonly units: Units; readonly at: Point; readonly visible: boolean } | null;
}

/** Points that a graphic of its type has; others have as many as they have. */
const POINTS: Readonly<Record<GraphicType, readonly [least: number, most: number]>> = {
  POINT: [1, 1],
  MULTIPOINT: [1, Number.POSITIVE_INFINITY],
  POLYLINE: [2, Number.POSITIVE_INFINITY],
  INTERPOLATED: [2, Number.POSITIVE_INFINITY],
  CIRCLE: [2, 2],
  ELLIPSE: [4, 4],
};
const FARTHEST = 1e6;

/** @throws UnshownState */
export function graphicsOf(annotation: DicomJson): readonly Graphic[] {
  return itemsOf(annotation, '00700009').map((item) => {
    const type = typeOf(item);
    if ((numberOf(item, '00700020') ?? 2) !== 2) throw new UnshownState('A graphic is not flat');
    const points = pointsOf(numbersOf(item, '00700022'));
    const [least, most] = POINTS[type];
    if (points.length < least || points.length > most || numberOf(item, '00700021') !== points.length) {
      throw new UnshownState(`A graphic of type ${type} has not the points that it should have`);
    }
    return { type, units: unitsOf(item, '00700005'), points, filled: textOf(item, '00700024') === 'Y' };
  });
}

/** @throws UnshownState */
export function textsOf(annotation: DicomJson): readonly Text[] {
  return itemsOf(annotation, '00700008').map((item) => {
    const [from, to] = [cornerOf(item, '00700010'), cornerOf(item, '00700011')];
    const at = cornerOf(item, '00700014');
    if ((from === undefined) !== (to === undefined) || (from === undefined && at === undefined)) {
      throw new UnshownState('A text has no place');
    }
    return {
      text: textOf(item, '00700006') ?? '',
      box: from === undefined || to === undefined ? null : { units: unitsOf(item, '00700003'), from, to },
      alignment: alignmentOf(item),
      anchor: at === undefined ? null : { units: unitsOf(item, '00700004'), at, visible: isAnchorVisible(item) },
    };
  });
}

function typeOf(item: DicomJson): GraphicType {
  const type = textOf(item, '00700023') ?? '';
  if (!isType(type)) throw new UnshownState('A graphic is of no known type');
  return type;
}

const isType = (type: string): type is GraphicType => Object.hasOwn(POINTS, type);

/** MATRIX is for tiled images. */
function unitsOf(item: DicomJson, tag: string): Units {
  const units = textOf(item, tag);
  if (units !== 'PIXEL' && units !== 'DISPLAY') throw new UnshownState('A place is in no known unit');
  return units;
}

function alignmentOf(item: DicomJson): Text['alignment'] {
  const alignment = textOf(item, '00700012');
  return alignment === 'CENTER' || alignment === 'RIGHT' ? alignment : 'LEFT';
}

const isAnchorVisible = (item: DicomJson) => textOf(item, '00700015') === 'Y';

function cornerOf(item: DicomJson, tag: string): Point | undefined {
  if (item[tag]?.Value === undefined) return undefined;
  const [point, ...others] = pointsOf(numbersOf(item, tag));
  if (point === undefined || others.length > 0) throw new UnshownState('The place of a text is broken');
  return point;
}

function pointsOf(numbers: readonly number[]): readonly Point[] {
  if (numbers.length % 2 !== 0 || numbers.some((value) => Math.abs(value) > FARTHEST)) {
    throw new UnshownState('The points of a graphic are broken');
  }
  return Array.from(
    { length: numbers.length / 2 },
    (_, index): Point => [numbers[2 * index] ?? 0, numbers[2 * index + 1] ?? 0],
  );
}
