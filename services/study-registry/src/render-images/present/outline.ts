import type { Graphic } from './graphics.js';
import type { Point } from './turn.js';

/** Of a quarter of a circle that a Bézier curve is drawn along. */
const KAPPA = 0.5522847498;

export interface Outline {
  /** SVG path data. */
  readonly path: string;
  /** It has an inside, which may be filled. */
  readonly isClosed: boolean;
}

/**
 * A graphic as a path.
 * @param place where a point of the graphic's unit lies in the picture; straight lines stay straight
 * @param dot radius of a point, in pixels of the picture
 */
export function outlineOf({ type, points, filled }: Graphic, place: (point: Point) => Point, dot: number): Outline {
  const [first = [0, 0], second = first, third = first, fourth = first] = points;
  if (type === 'CIRCLE') {
    const radius = Math.hypot(second[0] - first[0], second[1] - first[1]);
    return closed(ovalPath(first, [radius, 0], [0, radius], place));
  }
  if (type === 'ELLIPSE') {
    return closed(ovalPath(middle(first, second), half(first, second), half(third, fourth), place));
  }
  if (type === 'POINT' || type === 'MULTIPOINT') {
    const dots = points.map((point) => ovalPath(place(point), [dot, 0], [0, dot], (at) => at));
    return closed(dots.join(''));
  }
  const placed = points.map(place);
  const path = type === 'INTERPOLATED' ? curvePath(placed) : linePath(placed);
  return { path, isClosed: filled };
}

const closed = (path: string): Outline => ({ path, isClosed: true });

/** Both axes from the centre. */
function ovalPath(centre: Point, axis: Point, other: Point, place: (point: Point) => Point): string {
  const at = (along: number, across: number) =>
    written(place([centre[0] + along * axis[0] + across * other[0], centre[1] + along * axis[1] + across * other[1]]));
  const quarter = (from: Point, to: Point) =>
    `C${at(from[0] + KAPPA * to[0], from[1] + KAPPA * to[1])} ${at(to[0] + KAPPA * from[0], to[1] + KAPPA * from[1])} ${at(...to)}`;
  const ends: Point[] = [
    [1, 0],
    [0, 1],
    [-1, 0],
    [0, -1],
  ];
  const quarters = ends.map((from, index) => quarter(from, ends[(index + 1) % 4] ?? from));
  return `M${at(1, 0)}${quarters.join('')}Z`;
}

const linePath = (points: readonly Point[]) => `M${points.map(written).join('L')}`;

/** Through all points, along the chord of each one's neighbours (Catmull and Rom); the standard leaves open how it is curved. */
function curvePath(points: readonly Point[]): string {
  const [first = [0, 0], last = first] = [points[0], points.at(-1)];
  const isRing = points.length > 3 && first[0] === last[0] && first[1] === last[1];
  const ends = points.length - 1;
  const at = (index: number): Point => {
    if (isRing) return points[(index + ends) % ends] ?? first;
    return points[Math.min(Math.max(index, 0), ends)] ?? first;
  };
  const curves = points.slice(1).map((to, index) => {
    const from = at(index);
    const [before, after] = [at(index - 1), at(index + 2)];
    const leaving: Point = [from[0] + (to[0] - before[0]) / 6, from[1] + (to[1] - before[1]) / 6];
    const arriving: Point = [to[0] - (after[0] - from[0]) / 6, to[1] - (after[1] - from[1]) / 6];
    return `C${written(leaving)} ${written(arriving)} ${written(to)}`;
  });
  return `M${written(first)}${curves.join('')}`;
}

const middle = (one: Point, other: Point): Point => [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2];
const half = (one: Point, other: Point): Point => [(other[0] - one[0]) / 2, (other[1] - one[1]) / 2];

export const written = ([x, y]: Point): string => `${x.toFixed(2)} ${y.toFixed(2)}`;
