import { randomNumbers } from './random.js';

/** A piece of a vessel: a ball, in millimetres. */
export interface Vessel {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly radius: number;
}

const TRUNKS = 26;
const SHORTEST_RADIUS_MM = 0.7;

/** Vessels that leave the hilum of each lung and fork until they are too thin to see. */
export function lungVessels(seed: number): Vessel[] {
  const random = randomNumbers(seed + 1);
  const vessels: Vessel[] = [];
  const grow = (x: number, y: number, z: number, side: number, direction: readonly number[], radius: number): void => {
    let [dx = 0, dy = 0, dz = 0] = direction;
    let at = { x, y, z, radius };
    while (at.radius > SHORTEST_RADIUS_MM && isInLung(at, side)) {
      vessels.push(at);
      const step = at.radius * 0.9;
      dx += (random() - 0.5) * 0.25;
      dy += (random() - 0.5) * 0.3;
      dz += (random() - 0.5) * 0.3;
      const length = Math.hypot(dx, dy, dz);
      at = {
        x: at.x + (dx / length) * step,
        y: at.y + (dy / length) * step,
        z: at.z + (dz / length) * step,
        radius: at.radius * 0.985,
      };
      if (random() < 0.045) {
        grow(
          at.x,
          at.y,
          at.z,
          side,
          [dx + (random() - 0.5) * 2, dy + (random() - 0.5) * 2, dz + (random() - 0.5) * 2],
          at.radius * 0.7,
        );
        at = { ...at, radius: at.radius * 0.85 };
      }
    }
  };
  for (let trunk = 0; trunk < TRUNKS; trunk++) {
    const side = trunk % 2 === 0 ? -1 : 1;
    const z = -20 + random() * 60;
    grow(
      side * 36,
      8 + (random() - 0.5) * 26,
      z,
      side,
      [side, (random() - 0.5) * 2.6, (random() - 0.5) * 3],
      2.6 + random() * 2.4,
    );
  }
  return vessels;
}

const isInLung = ({ x, y, z }: Vessel, side: number) =>
  ((x - side * 77) / 58) ** 2 + ((y - 2) / 76) ** 2 + ((z - 5) / 136) ** 2 < 1;
