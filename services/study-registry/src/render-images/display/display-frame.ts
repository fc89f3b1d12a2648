import { decodeFrame } from '../decode/decode-frame.js';
import { type DecodedFrame, UndecodableFrame } from '../decode/decoded-frame.js';
import type { Window } from '../frame-source.js';
import type { ImageDescription } from '../image-description.js';
import type { Overlay } from '../overlays.js';
import type { Palette } from '../palette.js';
import type { DisplayedArea } from '../present/displayed-area.js';
import type { Shutter } from '../present/shutter.js';
import { type Turn, turnedArea } from '../present/turn.js';
import { colourPixels, palettePixels } from './colour.js';
import { drawOverlays } from './draw-overlays.js';
import { drawShutter } from './draw-shutter.js';
import { greyPixels } from './grey.js';
import type { VisibleFrame } from './visible-frame.js';

/** All that a thread needs to make a frame visible; plain data, so that it can be sent there. */
export interface FrameRequest {
  readonly image: ImageDescription;
  readonly palette: Palette | null;
  readonly window: Window | null;
  readonly overlays: readonly Overlay[];
  readonly bytes: Uint8Array;
  readonly presented?: PresentedPixels | undefined;
}

/** What a presentation state does with pixels once they are visible. */
export interface PresentedPixels {
  readonly shutter: Shutter | null;
  readonly area: DisplayedArea;
  readonly turn: Turn;
}

/** Decodes a frame and makes it visible. @throws UndecodableFrame */
export async function displayFrame(request: FrameRequest): Promise<VisibleFrame> {
  const { image, palette, window, overlays, bytes, presented } = request;
  const frame = await decodeFrame(image, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  const { width, height } = frame;
  const shown = { width, height, ...visible(frame, image, palette, window) };
  if (presented?.shutter) drawShutter(shown, presented.shutter, image.pixelHeight);
  drawOverlays(shown, overlays);
  return presented === undefined ? shown : turnedArea(shown, presented.area, presented.turn);
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
