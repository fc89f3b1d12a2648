import { type DecodedFrame, type Samples, UndecodableFrame } from '../decode/decoded-frame.js';
import { lookUp } from '../lookup-table.js';
import type { Palette } from '../palette.js';

/** Colour pixels as 8-bit red, green and blue. */
export function colourPixels({ samples, bits, photometric }: DecodedFrame): Uint8Array {
  if (photometric === 'RGB') return eightBits(samples, bits);
  if (photometric === 'YBR_FULL' || photometric === 'YBR_FULL_422') return fromYbr(eightBits(samples, bits));
  throw new UndecodableFrame(`Photometric Interpretation ${photometric} is not shown`);
}

function eightBits(samples: Samples, bits: number): Uint8Array {
  const divisor = 2 ** Math.max(bits - 8, 0);
  const pixels = new Uint8Array(samples.length);
  for (let index = 0; index < pixels.length; index += 1) pixels[index] = Math.floor((samples[index] ?? 0) / divisor);
  return pixels;
}

/** YBR_FULL is CCIR 601 with the full range of 8 bits (PS3.3 section C.7.6.3.1.2). */
function fromYbr(pixels: Uint8Array): Uint8Array {
  const colours = new Uint8ClampedArray(pixels.length);
  for (let at = 0; at + 2 < pixels.length; at += 3) {
    const y = pixels[at] ?? 0;
    const blue = (pixels[at + 1] ?? 0) - 128;
    const red = (pixels[at + 2] ?? 0) - 128;
    colours[at] = y + 1.402 * red;
    colours[at + 1] = y - 0.344136 * blue - 0.714136 * red;
    colours[at + 2] = y + 1.772 * blue;
  }
  return new Uint8Array(colours.buffer);
}

export function palettePixels({ samples }: DecodedFrame, palette: Palette): Uint8Array {
  const pixels = new Uint8Array(samples.length * 3);
  for (const [channel, table] of palette.entries()) {
    // Tables of 16 bits with values of 8 bits exist: the descriptor may say less than the entries hold, never more.
    const divisor = table.bits > 8 ? 2 ** (table.bits - 8) : 1;
    for (let index = 0; index < samples.length; index += 1) {
      pixels[index * 3 + channel] = Math.floor(lookUp(table, samples[index] ?? 0) / divisor);
    }
  }
  return pixels;
}
