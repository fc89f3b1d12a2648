import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { machineHas, peersPython, pydicomFiles } from '@yinglian/testing';
import { encapsulatedFrames } from './encapsulated-frames.js';
import { readHeader } from './read-header.js';

/** Writes a real file of many frames again in each way that the standard allows; says the SHA-256 of each frame, unpadded. */
const REWRITE = `
import hashlib, json, sys
from pydicom import dcmread
from pydicom.encaps import encapsulate, encapsulate_extended, generate_frames
source, folder = sys.argv[1:]
ds = dcmread(source)
frames = list(generate_frames(ds.PixelData, number_of_frames=ds.NumberOfFrames))
def save(name, pixels, extended=(None, None)):
    ds.PixelData = pixels
    ds['PixelData'].is_undefined_length = True
    for keyword, value in zip(('ExtendedOffsetTable', 'ExtendedOffsetTableLengths'), extended):
        if value is not None:
            setattr(ds, keyword, value)
    ds.save_as(f'{folder}/{name}')
save('basic-table', encapsulate(frames))
save('basic-table-fragments', encapsulate(frames, fragments_per_frame=3))
save('no-table', encapsulate(frames, has_bot=False))
save('no-table-fragments', encapsulate(frames, fragments_per_frame=3, has_bot=False))
pixels, offsets, lengths = encapsulate_extended(frames)
save('extended-table', pixels, (offsets, lengths))
print(json.dumps([hashlib.sha256(frame.rstrip(b'\\0')).hexdigest() for frame in frames]))
`;

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** What pads a frame to an even length is no part of a codestream, which ends with ff d9. */
const unpadded = (frame: Buffer) => frame.subarray(0, frame.lastIndexOf(0xd9) + 1);

async function framesOf(path: string): Promise<string[]> {
  const file = readFileSync(path);
  const read = async (position: number, length: number) => file.subarray(position, position + length);
  const frames = await encapsulatedFrames(await readHeader(file.length, read), file.length, read);
  return frames.map((frame) =>
    sha256(unpadded(Buffer.concat(frame.map(([offset, length]) => file.subarray(offset, offset + length))))),
  );
}

(machineHas('pydicom') ? describe : describe.skip)('frames of a film of 30, as pydicom writes them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yinglian-films-'));
  let expected: string[] = [];
  beforeAll(() => {
    const film = pydicomFiles().find((path) => basename(path) === 'examples_ybr_color.dcm') ?? '';
    expected = JSON.parse(execFileSync(peersPython, ['-W', 'ignore', '-c', REWRITE, film, folder]).toString());
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(['basic-table', 'basic-table-fragments', 'no-table', 'no-table-fragments', 'extended-table'])(
    'are found: %s',
    async (name) => {
      expect(expected).toHaveLength(30);
      expect(await framesOf(join(folder, name))).toEqual(expected);
    },
  );
});
