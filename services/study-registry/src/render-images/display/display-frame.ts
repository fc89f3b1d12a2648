import { decodeFrame } from '../decode/decode-frame.js';
import { type DecodedFrame, UndecodableFrame } from '../decode/decoded-frame.js';
import type { Window } from '../frame-source.js';
import type { ImageDescription } from '../image-description.js';
import type { Overlay } from '../overlays.js';
import type { Palette } from '../palette.js';
import { colourPixels, palettePixels } from './colour.js';
import { drawOverlays } from './draw-overlays.js';
import { greyPixels } from './grey.js';
import type { VisibleFrame } from './visible-frame.js';

/** All that a thread needs to make a frame visible; plain data, so that it can be sent there. */
export interface FrameRequest {
  readonly image: ImageDescription;
  readonly palette: Palette | null;
  readonly window: Window | null;
  readonly overlays: readonly Overlay[];
  readonly bytes: Uint8Array;
}

/** Decodes a frame and makes it visible. @throws UndecodableFrame */
export async function displayFrame({ image, palette, window, overlays, bytes }: FrameRequest): Promise<VisibleFrame> {
  const frame = await decodeFrame(image, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  const { width, height } = frame;
  const shown = { width, height, ...visible(frame, image, palette, window) };
  drawOverlays(shown, overlays);
  return shown;
}

function visible(
  frame: DecodedFrame,
  image: ImageDescription,
  palette: Palette | null,
  window: Window | null,
): Pick<VisibleFrame, 'channels' | 'pixels'> {
  if (frame.photometric === 'PALETTE COLOR') {
    if (palette === null) throw new UndecodableFrame('The palette is missing or broken');
    return { channels: 3, pixels: palettePixels(frame, palette) };
  }
  if (frame.samplesPerPixel === 1) return { channels: 1, pixels: greyPixels(frame, image, window) };
  if (frame.samplesPerPixel === 3) return { channels: 3, pixels: colourPixels(frame) };
  throw new UndecodableFrame(`Images of ${frame.samplesPerPixel} samples a pixel are not shown`);
}
