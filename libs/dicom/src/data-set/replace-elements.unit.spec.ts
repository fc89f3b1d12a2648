import { describe, expect, it } from '@jest/globals';
import { HeaderError } from './parse-header.js';
import { replaceElements } from './replace-elements.js';
import { EXPLICIT_LITTLE_ENDIAN } from './transfer-syntaxes.js';
import { type WrittenElement, writeDataSet } from './write-data-set.js';

const written = (...elements: WrittenElement[]) => writeDataSet(elements, EXPLICIT_LITTLE_ENDIAN);
const modality = { tag: 0x00080060, vr: 'CS', value: 'CT' };
const sequence = { tag: 0x00081140, vr: 'SQ', value: [[{ tag: 0x00280004, vr: 'CS', value: 'RGB' }]] };
const photometric = { tag: 0x00280004, vr: 'CS', value: 'RGB' };
const rows = { tag: 0x00280010, vr: 'US', value: Buffer.from([1, 0]) };

describe('elements that are written anew', () => {
  it('stand where the old ones stood, or in their order; what is in items stays', () => {
    const dataSet = written(modality, sequence, photometric, rows);
    const ybr = { ...photometric, value: 'YBR_FULL' };
    const planar = { tag: 0x00280006, vr: 'US', value: Buffer.from([0, 0]) };
    expect(replaceElements(dataSet, [ybr, planar]).equals(written(modality, sequence, ybr, planar, rows))).toBe(true);
    expect(replaceElements(dataSet, [], new Set([rows.tag])).equals(written(modality, sequence, photometric))).toBe(
      true,
    );
    expect(replaceElements(written(modality), [rows]).equals(written(modality, rows))).toBe(true);
    expect(replaceElements(dataSet, []).equals(dataSet)).toBe(true);
  });

  it('are not written among what cannot be read', () => {
    expect(() => replaceElements(written(modality).subarray(0, 9), [rows])).toThrow(HeaderError);
    expect(() => replaceElements(Buffer.alloc(20, 0xfe), [rows])).toThrow(HeaderError);
  });
});
