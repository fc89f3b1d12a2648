import type { ImageDescription } from '../image-description.js';
import type { DecodedFrame } from './decoded-frame.js';
import { samplesOf } from './samples.js';
import type { WasmFrame } from './wasm-codec.js';

/** The values of a codestream. They begin at the lowest bit, whatever High Bit says (PS3.5 section 8.2). */
export function decodedFrame(image: ImageDescription, frame: WasmFrame, photometric = image.photometric): DecodedFrame {
  const bits = Math.min(frame.bitsPerSample, image.bitsStored);
  const layout = {
    bytesPerSample: frame.bytesPerSample,
    bits,
    shift: 0,
    signed: image.signed || frame.isSigned === true,
  };
  return {
    width: frame.width,
    height: frame.height,
    samplesPerPixel: frame.componentCount,
    samples: samplesOf(frame.bytes, layout),
    bits,
    photometric,
  };
}
