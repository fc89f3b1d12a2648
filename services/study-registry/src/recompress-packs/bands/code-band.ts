import { UndecodableFrame } from '../../render-images/decode/decoded-frame.js';
import { jpegLsSamples } from '../../render-images/decode/jpeg-ls.js';
import { encodeJpegLs } from '../../transcode-images/encode/jpeg-ls.js';
import { type BandCode, type BandShape, bandBytes, type CodedBand } from './band.js';
import { pixelsOf, planesOf } from './colour-planes.js';
import { codedSamples, samplesAgain } from './samples.js';

/** What a thread is asked; plain data, so that it can be sent there. */
export type BandRequest =
  | { readonly band: 'encode'; readonly shape: BandShape; readonly bytes: Uint8Array }
  | { readonly band: 'decode'; readonly code: BandCode; readonly bytes: Uint8Array };

/** Codes a band without loss. Of colours it is not known whether they lie pixel by pixel or plane by plane: what is shorter. @throws UndecodableFrame */
export async function encodeBand(shape: BandShape, bytes: Uint8Array): Promise<CodedBand> {
  const { width, height, bytesPerSample, samplesPerPixel } = shape;
  if (bytes.length !== bandBytes(shape)) throw new UndecodableFrame('The band has another length');
  const lines = height * samplesPerPixel;
  const plain = await encodeLines(bytes, { bytesPerSample, width, height: lines, isColour: false });
  if (samplesPerPixel === 1 || bytesPerSample === 2) return plain;
  const colour = await encodeLines(planesOf(bytes), { bytesPerSample, width, height: lines, isColour: true });
  return colour.codestream.length < plain.codestream.length ? colour : plain;
}

/** The band's bytes. @throws UndecodableFrame */
export async function decodeBand(code: BandCode, codestream: Uint8Array): Promise<Uint8Array> {
  const { width, height, bytes, bytesPerSample } = await jpegLsSamples(codestream);
  if (width !== code.width || height !== code.height) throw new UndecodableFrame('The codestream has another size');
  const samples = samplesAgain(bytes, bytesPerSample, code);
  return code.isColour ? pixelsOf(samples) : samples;
}

async function encodeLines(
  bytes: Uint8Array,
  lines: Pick<BandCode, 'bytesPerSample' | 'isColour' | 'width' | 'height'>,
): Promise<CodedBand> {
  const { code, bits, bytes: values } = codedSamples(bytes, lines.bytesPerSample);
  const codestream = await encodeJpegLs({
    ...lines,
    samplesPerPixel: 1,
    bits,
    bytesPerSample: bits > 8 ? 2 : 1,
    signed: false,
    photometric: 'MONOCHROME2',
    bytes: values,
  });
  return { code: { ...lines, ...code }, codestream };
}
