import { noiseSource } from './random.js';
import { crossSection, SliceCanvas } from './slice-canvas.js';

export const BRAIN_MR = { size: 256, spacingMm: 0.9, sliceMm: 4.5 };

/** Signal of each tissue by weighting, on the scanner's own scale. */
const SIGNAL = {
  T1: { air: 8, scalp: 900, bone: 90, csf: 130, grey: 430, white: 600, deep: 480, eye: 140, lesion: 330 },
  T2: { air: 8, scalp: 620, bone: 70, csf: 1000, grey: 520, white: 360, deep: 400, eye: 980, lesion: 860 },
};
const NOISE = 16;

export type Weighting = keyof typeof SIGNAL;

/** Slices of an invented head from the base of the skull to the top. */
export function* brainMr(
  weighting: Weighting,
  slices: number,
  seed: number,
): Generator<{ zMm: number; signal: Uint16Array }> {
  const noise = noiseSource(seed);
  for (let index = 0; index < slices; index++) {
    const zMm = (index - slices * 0.42) * BRAIN_MR.sliceMm;
    const canvas = new SliceCanvas(BRAIN_MR.size, BRAIN_MR.spacingMm, SIGNAL[weighting].air);
    paintHead(canvas, SIGNAL[weighting], zMm);
    const { size } = BRAIN_MR;
    const signal = Uint16Array.from(canvas.values, (value, place) => {
      const column = place % size;
      const row = (place - column) / size;
      // Receiver coils see more at the surface.
      const coil = 1 + 0.16 * (((column - size / 2) / size) ** 2 + ((row - size / 2) / size) ** 2) * 4;
      // The magnitude of two noisy channels is Rician.
      return Math.round(Math.hypot(value * coil + noise(NOISE), noise(NOISE)));
    });
    yield { zMm, signal };
  }
}

function paintHead(canvas: SliceCanvas, tissue: (typeof SIGNAL)[Weighting], z: number): void {
  const head = crossSection(z - 5, 104);
  canvas.ellipse({ x: 0, y: 0, rx: 80 * head, ry: 98 * head, value: tissue.scalp });
  canvas.ellipse({ x: 0, y: 0, rx: 74 * head, ry: 92 * head, value: tissue.bone });
  const inside = crossSection(z - 5, 95);
  canvas.ellipse({ x: 0, y: 0, rx: 68 * inside, ry: 86 * inside, value: tissue.csf });
  const brain = crossSection(z - 6, 90);
  for (const side of [-1, 1]) {
    const folds = (depth: number) => (angle: number) =>
      1 + depth * Math.sin(17 * angle + z * 0.31 + side) + depth * 0.7 * Math.sin(29 * angle - z * 0.23);
    const x = side * 32 * brain;
    canvas.ellipse({ x, y: 0, rx: 33 * brain, ry: 81 * brain, value: tissue.grey, wave: folds(0.022) });
    canvas.ellipse({ x, y: 0, rx: 26 * brain, ry: 71 * brain, value: tissue.white, wave: folds(0.07) });
  }
  paintDeepParts(canvas, tissue, z);
  if (z < -26) paintBase(canvas, tissue, z);
}

function paintDeepParts(canvas: SliceCanvas, tissue: (typeof SIGNAL)[Weighting], z: number): void {
  const callosum = crossSection(z - 22, 14);
  canvas.ellipse({ x: 0, y: -2, rx: 22 * callosum, ry: 40 * callosum, value: tissue.white });
  for (const side of [-1, 1]) {
    const ganglia = crossSection(z - 4, 20);
    canvas.ellipse({ x: side * 22, y: -6, rx: 9 * ganglia, ry: 20 * ganglia, value: tissue.deep });
    canvas.ellipse({ x: side * 11, y: 12, rx: 9 * ganglia, ry: 14 * ganglia, value: tissue.deep });
    const horn = crossSection(z - 18, 20);
    canvas.ellipse({ x: side * 9, y: -22, rx: 5.5 * horn, ry: 14 * horn, value: tissue.csf });
    canvas.ellipse({ x: side * 14, y: 20, rx: 5 * horn, ry: 20 * horn, value: tissue.csf });
  }
  const third = crossSection(z, 18);
  canvas.ellipse({ x: 0, y: 6, rx: 2.2 * third, ry: 15 * third, value: tissue.csf });
  const lesion = crossSection(z - 24, 8);
  canvas.ellipse({ x: 30, y: 18, rx: 6 * lesion, ry: 5 * lesion, value: tissue.lesion });
}

function paintBase(canvas: SliceCanvas, tissue: (typeof SIGNAL)[Weighting], z: number): void {
  const cerebellum = crossSection(z + 48, 30);
  for (const side of [-1, 1]) {
    const leaves = (angle: number) => 1 + 0.03 * Math.sin(34 * angle + z);
    canvas.ellipse({ x: side * 24, y: 46, rx: 25 * cerebellum, ry: 24 * cerebellum, value: tissue.grey, wave: leaves });
    canvas.ellipse({
      x: side * 22,
      y: 44,
      rx: 15 * cerebellum,
      ry: 13 * cerebellum,
      value: tissue.white,
      wave: leaves,
    });
    const eye = crossSection(z + 40, 12);
    canvas.ellipse({ x: side * 31, y: -78, rx: 12 * eye, ry: 12 * eye, value: tissue.eye });
  }
  canvas.ellipse({ x: 0, y: 18, rx: 14, ry: 13, value: tissue.white });
  canvas.ellipse({ x: 0, y: 34, rx: 7, ry: 4, value: tissue.csf });
}
