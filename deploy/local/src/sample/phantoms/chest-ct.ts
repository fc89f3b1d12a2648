import { lungVessels, type Vessel } from './lung-vessels.js';
import { noiseSource } from './random.js';
import { crossSection, SliceCanvas } from './slice-canvas.js';

export const CHEST_CT = { size: 512, spacingMm: 0.74, sliceMm: 5 };

/** Hounsfield units. */
const HU = { air: -1000, lung: -860, fat: -95, muscle: 50, soft: 38, liver: 62, marrow: 190, cortex: 620, disc: 85 };
const NOISE_HU = 14;

export interface ChestOptions {
  readonly slices: number;
  readonly seed: number;
  /** Of blood: 45 without contrast medium, about 220 with it. */
  readonly bloodHu: number;
}

/** Slices of an invented chest from below the diaphragm to the neck, in Hounsfield units. */
export function* chestCt({ slices, seed, bloodHu }: ChestOptions): Generator<{ zMm: number; hu: Int16Array }> {
  const noise = noiseSource(seed);
  const vessels = lungVessels(seed);
  for (let index = 0; index < slices; index++) {
    const zMm = (index - slices / 2) * (300 / slices);
    const canvas = new SliceCanvas(CHEST_CT.size, CHEST_CT.spacingMm, HU.air);
    paintTrunk(canvas, zMm);
    paintLungs(canvas, zMm, vessels, bloodHu);
    paintMediastinum(canvas, zMm, bloodHu);
    paintBones(canvas, zMm);
    yield { zMm, hu: Int16Array.from(canvas.values, (value) => Math.round(value + noise(NOISE_HU))) };
  }
}

function paintTrunk(canvas: SliceCanvas, z: number): void {
  const shoulder = Math.max(0, z - 90) / 60;
  canvas.ellipse({ x: 0, y: 0, rx: 172 - 25 * shoulder, ry: 116 - 18 * shoulder, value: HU.fat });
  canvas.ellipse({ x: 0, y: 1, rx: 160 - 26 * shoulder, ry: 104 - 18 * shoulder, value: HU.muscle });
}

function paintLungs(canvas: SliceCanvas, z: number, vessels: readonly Vessel[], bloodHu: number): void {
  for (const [side, rx, ry] of [
    [-1, 63, 82],
    [1, 59, 80],
  ] as const) {
    const scale = crossSection(z - 5, 142);
    canvas.ellipse({ x: side * 77, y: 2, rx: rx * scale, ry: ry * scale, value: HU.lung });
  }
  for (const { x, y, z: middle, radius } of vessels) {
    const r = radius * crossSection(z - middle, Math.max(radius, CHEST_CT.sliceMm / 2));
    canvas.ellipse({ x, y, rx: r, ry: r, value: bloodHu });
  }
  const nodule = 7 * crossSection(z - 32, 9);
  canvas.ellipse({ x: 88, y: -22, rx: nodule, ry: nodule, value: 30, wave: (angle) => 1 + 0.12 * Math.sin(7 * angle) });
  const liver = crossSection(z + 152, 88);
  canvas.ellipse({ x: -62, y: 0, rx: 88 * liver, ry: 86 * liver, value: HU.liver });
  const spleen = crossSection(z + 158, 66);
  canvas.ellipse({ x: 76, y: 24, rx: 62 * spleen, ry: 58 * spleen, value: 52 });
}

function paintMediastinum(canvas: SliceCanvas, z: number, bloodHu: number): void {
  const scale = crossSection(z - 15, 165);
  canvas.ellipse({ x: 0, y: 8, rx: 27 * scale, ry: 66 * scale, value: HU.soft - 20 });
  const heart = crossSection(z + 48, 62);
  canvas.ellipse({ x: 26, y: -28, rx: 64 * heart, ry: 50 * heart, value: HU.muscle + 15 });
  canvas.ellipse({ x: 40, y: -22, rx: 34 * heart, ry: 27 * heart, value: bloodHu });
  canvas.ellipse({ x: 0, y: -38, rx: 22 * heart, ry: 24 * heart, value: bloodHu * 0.9 });
  canvas.ellipse({ x: 20, y: 48, rx: 12, ry: 12, value: bloodHu });
  if (z > 10 && z < 62) canvas.ellipse({ x: -8, y: -24, rx: 15, ry: 15, value: bloodHu });
  if (z >= 62 && z < 82) {
    for (let step = 0; step <= 12; step++) {
      canvas.ellipse({ x: -8 + (28 * step) / 12, y: -24 + (72 * step) / 12, rx: 12, ry: 12, value: bloodHu });
    }
  }
  if (z > 25) canvas.ellipse({ x: 0, y: 18, rx: 9.5, ry: 9, value: HU.air });
  for (const side of [-1, 1]) {
    if (z <= 25 && z > -12) canvas.ellipse({ x: side * (25 - z) * 0.75, y: 20, rx: 7, ry: 6.5, value: HU.air });
  }
}

const VERTEBRA_MM = 25;
const RIB_MM = 29;

function paintBones(canvas: SliceCanvas, z: number): void {
  const inVertebra = ((z % VERTEBRA_MM) + VERTEBRA_MM) % VERTEBRA_MM;
  const disc = inVertebra < 5;
  canvas.ellipse({ x: 0, y: 74, rx: 21, ry: 17, value: disc ? HU.disc : HU.cortex });
  if (!disc) canvas.ellipse({ x: 0, y: 74, rx: 18.5, ry: 14.5, value: HU.marrow });
  canvas.ellipse({ x: 0, y: 98, rx: 11, ry: 8, value: HU.cortex * 0.8 });
  canvas.ellipse({ x: 0, y: 97, rx: 8.5, ry: 7, value: 25 });
  if (inVertebra > 10) canvas.ellipse({ x: 0, y: 109, rx: 4, ry: 9, value: HU.cortex * 0.75 });
  if (z > -70 && z < 95) {
    canvas.ellipse({ x: 0, y: -97, rx: 18, ry: 6, value: HU.cortex * 0.7 });
    canvas.ellipse({ x: 0, y: -97, rx: 15, ry: 3.5, value: HU.marrow });
  }
  paintRibs(canvas, z);
}

/** Ribs run down from back to front, so each slice cuts several of them in short pieces. */
function paintRibs(canvas: SliceCanvas, z: number): void {
  const narrowing = 1 - 0.16 * (Math.max(0, z - 60) / 90);
  const [rx, ry] = [148 * narrowing, 96 * narrowing];
  canvas.within(0, 0, rx * 1.05, ry * 1.05, (place, x, y) => {
    const radius = Math.sqrt((x / rx) ** 2 + (y / ry) ** 2);
    if (radius < 0.93 || radius > 1.0 || Math.abs(x) < 24) return;
    const height = z - (y / ry) * 42;
    const along = (((height % RIB_MM) + RIB_MM) % RIB_MM) / RIB_MM;
    if (along > 0.42) return;
    const rim = radius < 0.945 || radius > 0.985 || along < 0.07 || along > 0.35;
    canvas.values[place] = rim ? HU.cortex : HU.marrow;
  });
}
