import { describe, expect, it } from '@jest/globals';
import type { DicomJson } from '@yinglian/dicom';
import fc from 'fast-check';
import { cutText, textsAtTags } from '../domain/identified-text.js';
import { withIdentity } from '../domain/province-identity.js';
import { jsonArray } from './json-array.js';

const IDENTITY = { '00100020': { vr: 'LO', Value: ['人1'] } };
const aDataSet = fc.dictionary(fc.constantFrom('00080018', '00100020', '7FE00010'), fc.record({ vr: fc.string() }));
const packs = fc.array(fc.array(aDataSet, { maxLength: 4 }), { maxLength: 4 });

describe('an array of data sets', () => {
  it('is whole in whatever memory it is written, and never written beyond it', async () => {
    await fc.assert(
      fc.asyncProperty(packs, fc.integer({ min: 2, max: 300 }), async (dataSets, scratchBytes) => {
        const memory = Buffer.alloc(scratchBytes + 8);
        const scratch = memory.subarray(0, scratchBytes);
        const ofPacks = async function* () {
          for (const ofPack of dataSets) yield ofPack.map((dataSet) => cutText(dataSet as DicomJson));
        };
        const pieces: Buffer[] = [];
        // A piece is good until the next one is asked for.
        for await (const piece of jsonArray(ofPacks(), textsAtTags(IDENTITY), scratch)) pieces.push(Buffer.from(piece));
        const expected = dataSets.flat().map((dataSet) => withIdentity(dataSet as DicomJson, IDENTITY));
        expect(JSON.parse(Buffer.concat(pieces).toString())).toEqual(expected);
        expect(memory.subarray(scratchBytes)).toEqual(Buffer.alloc(8));
      }),
      { numRuns: 300 },
    );
  });
});
