import type { DecodedFrame } from '../decode/decoded-frame.js';
import type { Window } from '../frame-source.js';
import type { ImageDescription } from '../image-description.js';
import { type LookupTable, lookUp } from '../lookup-table.js';
import { greyOf } from './voi.js';

const TABLE_LIMIT = 65536;

/** Monochrome pixels as 8-bit greys: modality transformation, then window or table, then polarity (PS3.4 section N.2). */
export function greyPixels(frame: DecodedFrame, image: ImageDescription, asked: Window | null): Uint8Array {
  const grey = greyOfStored(frame, image, asked);
  const { samples } = frame;
  const pixels = new Uint8Array(samples.length);
  const isWide = samples.BYTES_PER_ELEMENT > 2;
  const table = isWide ? null : tableOf(samples, grey);
  for (let index = 0; index < pixels.length; index += 1) {
    const value = samples[index] ?? 0;
    pixels[index] = table === null ? grey(value) : (table[value & (TABLE_LIMIT - 1)] ?? 0);
  }
  return pixels;
}

function greyOfStored(frame: DecodedFrame, image: ImageDescription, asked: Window | null): (stored: number) => number {
  const { modalityLut, rescale, padding, inverted, presentationLut } = image;
  const modality = (stored: number) =>
    modalityLut === null ? stored * rescale.slope + rescale.intercept : lookUp(modalityLut, stored);
  const isPadding = (stored: number) => padding !== null && stored >= padding.from && stored <= padding.to;
  const seen = greyOf(frame, image, asked, modality, isPadding);
  return (stored) => {
    if (isPadding(stored)) return 0;
    const grey = presented(Math.min(Math.max(seen(modality(stored)), 0), 255), presentationLut);
    return inverted ? 255 - grey : grey;
  };
}

function presented(grey: number, table: LookupTable | null): number {
  if (table === null) return Math.round(grey);
  const entry = lookUp({ ...table, first: 0 }, (grey / 255) * (table.entries.length - 1));
  return Math.round((entry / (2 ** table.bits - 1)) * 255);
}

/** A grey for every value of 16 bits, by its lowest 16 bits. */
function tableOf(samples: DecodedFrame['samples'], grey: (stored: number) => number): Uint8Array {
  const signed = samples instanceof Int8Array || samples instanceof Int16Array;
  const table = new Uint8Array(TABLE_LIMIT);
  for (let index = 0; index < TABLE_LIMIT; index += 1) {
    table[index] = grey(signed && index >= TABLE_LIMIT / 2 ? index - TABLE_LIMIT : index);
  }
  return table;
}
