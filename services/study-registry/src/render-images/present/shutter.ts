import type { DicomJson } from '@yinglian/dicom';
import { numberOf, numbersOf } from '../attributes.js';
import { luminanceOf } from './colours.js';
import type { Point } from './turn.js';
import { UnshownState } from './unshown-state.js';

/** What covers an image outside of a shape (PS3.3 section C.7.6.11). Columns and rows count from 1. */
export type ShutterShape =
  | {
      readonly kind: 'rectangle';
      readonly left: number;
      readonly right: number;
      readonly top: number;
      readonly bottom: number;
    }
  | { readonly kind: 'circle'; readonly centre: Point; readonly radius: number }
  | { readonly kind: 'polygon'; readonly vertices: readonly Point[] };

export interface Shutter {
  /** A pixel is seen that lies within all of them. */
  readonly shapes: readonly ShutterShape[];
  /** 0 to 255. */
  readonly grey: number;
}

const VERTICES_AT_MOST = 1_000;

/** Null when there is none. @throws UnshownState */
export function shutterOf(state: DicomJson): Shutter | null {
  const names = (state['00181600']?.Value ?? []).map(String);
  if (names.length === 0) return null;
  return { shapes: names.map((name) => shapeOf(state, name)), grey: shutterGrey(state) };
}

function shapeOf(state: DicomJson, name: string): ShutterShape {
  if (name === 'RECTANGULAR') {
    const [left, right, top, bottom] = ['00181602', '00181604', '00181606', '00181608'].map((tag) => edge(state, tag));
    if (left === undefined || right === undefined || top === undefined || bottom === undefined) throw broken();
    return { kind: 'rectangle', left, right, top, bottom };
  }
  if (name === 'CIRCULAR') {
    const [row, column] = numbersOf(state, '00181610');
    const radius = numberOf(state, '00181612');
    if (row === undefined || column === undefined || radius === undefined) throw broken();
    return { kind: 'circle', centre: [column, row], radius };
  }
  if (name !== 'POLYGONAL') throw new UnshownState(`A shutter of this shape is not shown`);
  const numbers = numbersOf(state, '00181620');
  if (numbers.length < 6 || numbers.length % 2 !== 0) throw broken();
  if (numbers.length > 2 * VERTICES_AT_MOST)
    throw new UnshownState(`A shutter has more than ${VERTICES_AT_MOST} corners`);
  const vertices = Array.from(
    { length: numbers.length / 2 },
    (_, index): Point => [numbers[2 * index + 1] ?? 0, numbers[2 * index] ?? 0],
  );
  return { kind: 'polygon', vertices };
}

const edge = (state: DicomJson, tag: string) => numberOf(state, tag);
const broken = () => new UnshownState('The shutter is broken');

/** Shutter Presentation Value is a P-Value of 16 bits; black, if nothing is said. */
function shutterGrey(state: DicomJson): number {
  const value = numberOf(state, '00181622');
  if (value !== undefined) return Math.round(Math.min(Math.max(value, 0), 65_535) / 257);
  return luminanceOf(numbersOf(state, '00181624')) ?? 0;
}
