import type { DecodedFrame } from '../decode/decoded-frame.js';
import type { Window } from '../frame-source.js';
import type { ImageDescription } from '../image-description.js';
import { lookUp } from '../lookup-table.js';

type Curve = (value: number) => number;

const LOWEST = 0.01;
const HIGHEST = 0.99;
const MOST_SAMPLED = 65536;

/**
 * The grey (0 to 255, not yet rounded or clamped) of a value after the modality transformation: by the window that was asked for,
 * else the file's window, else its VOI LUT, else what suits the values of this frame.
 */
export function greyOf(
  frame: DecodedFrame,
  image: ImageDescription,
  asked: Window | null,
  modality: Curve,
  isPadding: (stored: number) => boolean,
): Curve {
  const window = asked ?? image.window;
  if (window !== null) return windowed(window, window.voiFunction ?? image.windowFunction);
  const { voiLut } = image;
  if (voiLut !== null) {
    const top = 2 ** voiLut.bits - 1;
    return (value) => (lookUp(voiLut, value) / top) * 255;
  }
  // What has at most 8 bits is a picture as it is: captures, ultrasound, angiography.
  if (frame.bits <= 8) return between(modality(image.signed ? -(2 ** (frame.bits - 1)) : 0), 2 ** frame.bits - 1);
  return percentiles(frame, modality, isPadding);
}

/** PS3.3 sections C.11.2.1.2 and C.11.2.1.3. */
function windowed({ center, width }: Window, windowFunction: string): Curve {
  if (windowFunction === 'SIGMOID') return (value) => 255 / (1 + Math.exp((-4 * (value - center)) / width));
  if (windowFunction === 'LINEAR_EXACT') return (value) => ((value - center) / width + 0.5) * 255;
  if (width <= 1) return (value) => (value <= center - 0.5 ? 0 : 255);
  return (value) => ((value - (center - 0.5)) / (width - 1) + 0.5) * 255;
}

/** From black at `low` to white `range` above it. */
const between =
  (low: number, range: number): Curve =>
  (value) =>
    ((value - low) / (range || 1)) * 255;

function percentiles({ samples }: DecodedFrame, modality: Curve, isPadding: (stored: number) => boolean): Curve {
  const step = Math.max(1, Math.floor(samples.length / MOST_SAMPLED));
  const sampled: number[] = [];
  for (let index = 0; index < samples.length; index += step) {
    const stored = samples[index] ?? 0;
    if (!isPadding(stored)) sampled.push(modality(stored));
  }
  const sorted = Float64Array.from(sampled).sort();
  const at = (part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? 0;
  const [low, high] = at(LOWEST) < at(HIGHEST) ? [at(LOWEST), at(HIGHEST)] : [at(0), at(1)];
  return between(low, high - low);
}
