import loadOpenJph from '@cornerstonejs/codec-openjph/wasmjs';
import { describe, expect, it } from '@jest/globals';
import type { DicomJson } from '@yinglian/dicom';
import { describeImage, type ImageDescription } from '../image-description.js';
import { decodeFrame } from './decode-frame.js';
import { quiet } from './wasm-codec.js';

const HTJ2K_LOSSLESS = '1.2.840.10008.1.2.4.201';

function imageOf(metadata: DicomJson): ImageDescription {
  const image = describeImage(HTJ2K_LOSSLESS, metadata, 1);
  if (image === null) throw new Error('It is no image');
  return image;
}

const attributes = (columns: number, rows: number, bits: number, signed: boolean, samples: number): DicomJson => ({
  '00280002': { vr: 'US', Value: [samples] },
  '00280004': { vr: 'CS', Value: [samples === 3 ? 'YBR_RCT' : 'MONOCHROME2'] },
  '00280010': { vr: 'US', Value: [rows] },
  '00280011': { vr: 'US', Value: [columns] },
  '00280100': { vr: 'US', Value: [bits > 8 ? 16 : 8] },
  '00280101': { vr: 'US', Value: [bits] },
  '00280103': { vr: 'US', Value: [signed ? 1 : 0] },
  '7FE00010': { vr: 'OB', BulkDataURI: 'bulkdata/7FE00010' },
});

async function encoded(pixels: Uint8Array, frame: object): Promise<Buffer> {
  const { HTJ2KEncoder } = await loadOpenJph(quiet());
  const encoder = new HTJ2KEncoder();
  encoder.getDecodedBuffer(frame).set(pixels);
  encoder.setQuality(true, 0);
  encoder.encode();
  const bytes = Buffer.from(encoder.getEncodedBuffer());
  encoder.delete();
  return bytes;
}

describe('High-Throughput JPEG 2000', () => {
  it('gives back signed values of 16 bits', async () => {
    const values = Int16Array.from({ length: 60 * 40 }, (_, index) => ((index * 7919) % 4096) - 1024);
    const frame = {
      width: 60,
      height: 40,
      bitsPerSample: 16,
      componentCount: 1,
      isSigned: true,
      isUsingColorTransform: false,
    };
    const bytes = await encoded(new Uint8Array(values.buffer), frame);
    const decoded = await decodeFrame(imageOf(attributes(60, 40, 16, true, 1)), bytes);
    expect({ ...decoded, samples: [...decoded.samples] }).toEqual({
      width: 60,
      height: 40,
      samplesPerPixel: 1,
      bits: 16,
      photometric: 'MONOCHROME2',
      samples: [...values],
    });
  });

  it('gives back colours, their transformation undone', async () => {
    const values = Uint8Array.from({ length: 16 * 16 * 3 }, (_, index) => (index * 31) % 256);
    const frame = {
      width: 16,
      height: 16,
      bitsPerSample: 8,
      componentCount: 3,
      isSigned: false,
      isUsingColorTransform: true,
    };
    const decoded = await decodeFrame(imageOf(attributes(16, 16, 8, false, 3)), await encoded(values, frame));
    expect({ photometric: decoded.photometric, samples: [...decoded.samples] }).toEqual({
      photometric: 'RGB',
      samples: [...values],
    });
  });

  it('is refused when it ends early or is of another size', async () => {
    const frame = {
      width: 16,
      height: 16,
      bitsPerSample: 8,
      componentCount: 1,
      isSigned: false,
      isUsingColorTransform: false,
    };
    const bytes = await encoded(new Uint8Array(256).fill(7), frame);
    const image = imageOf(attributes(16, 16, 8, false, 1));
    await expect(decodeFrame(image, bytes.subarray(0, bytes.length - 3))).rejects.toThrow('The codestream ends early');
    await expect(decodeFrame({ ...image, rows: 17 }, bytes)).rejects.toThrow('disagree about the size');
  });
});
