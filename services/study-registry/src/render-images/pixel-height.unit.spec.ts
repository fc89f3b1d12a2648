import { describe, expect, it } from '@jest/globals';
import type { DicomJson } from '@yinglian/dicom';
import { pixelHeight } from './pixel-height.js';

const numbers = (vr: string, ...values: (number | string)[]) => ({ vr, Value: values });
const group = (...spacing: number[]): DicomJson => ({
  '00289110': { vr: 'SQ', Value: [{ '00280030': numbers('DS', ...spacing) }] },
});

describe('how high a pixel is', () => {
  it.each<[string, DicomJson, number]>([
    ['nothing is said', {}, 1],
    ['it is a square', { '00280030': numbers('DS', 0.7, 0.7) }, 1],
    ['it is nearly one', { '00280030': numbers('DS', 0.701, 0.7) }, 1],
    ['rows are farther apart than columns', { '00280030': numbers('DS', 3, 1.5) }, 2],
    ['the detector has such pixels', { '00181164': numbers('DS', 0.1, 0.2) }, 0.5],
    ['there is a ratio alone', { '00280034': numbers('IS', 4, 3) }, 4 / 3],
    ['there is a distance too', { '00280034': numbers('IS', 4, 3), '00280030': numbers('DS', 1, 1) }, 1],
    ['it is a mistake', { '00280030': numbers('DS', 300, 0.5) }, 1],
    ['one is missing', { '00280030': numbers('DS', 3), '00280034': numbers('IS', 3, 2) }, 1.5],
    ['one is nothing', { '00280030': numbers('DS', 0, 1) }, 1],
  ])('is known when %s', (_, metadata, expected) => expect(pixelHeight(metadata, 1)).toBe(expected));

  it('is that of the frame in an enhanced image', () => {
    const metadata: DicomJson = {
      '52009229': { vr: 'SQ', Value: [group(1, 2)] },
      '52009230': { vr: 'SQ', Value: [{}, group(4, 2)] },
    };
    expect([1, 2].map((frame) => pixelHeight(metadata, frame))).toEqual([0.5, 2]);
  });
});
