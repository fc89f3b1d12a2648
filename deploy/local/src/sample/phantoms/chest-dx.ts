import { lungVessels } from './lung-vessels.js';
import { noiseSource } from './random.js';

export const CHEST_DX = { columns: 1024, rows: 1120, spacingMm: 0.36 };

/** A body of even attenuation, in millimetres: x to the left of the patient, z to the head. */
interface Body {
  readonly x: number;
  readonly z: number;
  readonly rx: number;
  readonly ry: number;
  readonly rz: number;
  /** Attenuation per millimetre above what surrounds it. */
  readonly mu: number;
}

const BODIES: readonly Body[] = [
  { x: 0, z: -20, rx: 172, ry: 110, rz: 420, mu: 0.0062 },
  { x: -77, z: 5, rx: 63, ry: 82, rz: 142, mu: -0.0058 },
  { x: 77, z: 5, rx: 59, ry: 80, rz: 140, mu: -0.0058 },
  { x: 26, z: -48, rx: 64, ry: 50, rz: 62, mu: 0.0052 },
  { x: -62, z: -152, rx: 88, ry: 86, rz: 88, mu: 0.0056 },
  { x: 76, z: -160, rx: 62, ry: 58, rz: 70, mu: 0.0054 },
  { x: 0, z: 15, rx: 24, ry: 60, rz: 165, mu: 0.004 },
  { x: 16, z: 74, rx: 20, ry: 30, rz: 18, mu: 0.005 },
  { x: 0, z: 110, rx: 9, ry: 9, rz: 80, mu: -0.006 },
];

/** The shadow of an invented chest on a detector, bright where more was absorbed. */
export function chestDx(seed: number): Uint16Array {
  const { columns, rows, spacingMm } = CHEST_DX;
  const shadow = new Float32Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    const z = (rows / 2 - row) * spacingMm;
    for (let column = 0; column < columns; column++) {
      const x = (column - columns / 2) * spacingMm;
      let sum = 0;
      for (const body of BODIES) sum += chord(body, x, z) * body.mu;
      shadow[row * columns + column] = sum + spine(x, z) + ribs(x, z) + clavicles(x, z);
    }
  }
  addVessels(shadow, seed);
  const noise = noiseSource(seed);
  return Uint16Array.from(shadow, (value) => Math.max(0, Math.min(4095, Math.round(value * 2050 + 120 + noise(14)))));
}

/** How far a ray from front to back runs through the body. */
function chord({ x, z, rx, ry, rz }: Body, atX: number, atZ: number): number {
  const inside = 1 - ((atX - x) / rx) ** 2 - ((atZ - z) / rz) ** 2;
  return inside <= 0 ? 0 : 2 * ry * Math.sqrt(inside);
}

const soft = (distance: number, width: number) => Math.max(0, 1 - (distance / width) ** 2);
const modulo = (value: number, period: number) => ((value % period) + period) % period;

function spine(x: number, z: number): number {
  const disc = modulo(z, 25) < 5 ? 0.55 : 1;
  return 0.3 * Math.sqrt(soft(x, 20)) * disc + 0.1 * soft(x, 5) * soft(modulo(z, 25) - 14, 8);
}

/** Each rib is an arc from the spine down to the side, seen twice: its back part and, fainter, its front part. */
function ribs(x: number, z: number): number {
  const distance = Math.abs(x) / 146;
  if (distance > 1 || distance < 0.1 || z > 150) return 0;
  const back = modulo(z + 58 * distance ** 2.2 - 10 * distance, 29) - 14.5;
  const front = modulo(z - 74 * distance ** 1.4 + 4, 29) - 14.5;
  const rim = 1 + 1.4 * distance ** 6;
  const frontVisible = distance > 0.42 ? 0.6 : 0;
  return (0.085 * edged(back, 6.2) + 0.06 * frontVisible * edged(front, 5.6)) * rim;
}

/** A tube of bone: its walls throw more shadow than its middle. */
const edged = (distance: number, width: number) =>
  Math.abs(distance) > width ? 0 : 0.65 + 0.35 * (Math.abs(distance) / width) ** 3;

function clavicles(x: number, z: number): number {
  const along = Math.abs(x) / 140;
  if (along > 1 || along < 0.12) return 0;
  return 0.12 * edged(z - 128 - 26 * along + 12 * Math.sin(along * 5), 6.5);
}

function addVessels(shadow: Float32Array, seed: number): void {
  const { columns, rows, spacingMm } = CHEST_DX;
  for (const { x, z, radius } of lungVessels(seed)) {
    const [column, row] = [x / spacingMm + columns / 2, rows / 2 - z / spacingMm];
    const reach = radius / spacingMm;
    for (let r = Math.ceil(row - reach); r <= row + reach; r++) {
      for (let c = Math.ceil(column - reach); c <= column + reach; c++) {
        const depth = soft(Math.hypot(r - row, c - column), reach) * radius * 0.0022;
        shadow[r * columns + c] = (shadow[r * columns + c] ?? 0) + depth;
      }
    }
  }
}
