import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CtSeries, ctSeries, fileOf, machineHas, peersPython, pydicomFiles } from '@yinglian/testing';
import { packOf } from '../testing/pack-of.js';
import { partsOf } from '../testing/parts-of.js';
import { RegistryService } from '../testing/registry-service.js';

const ANY = 'multipart/related; type="application/octet-stream"; transfer-syntax=*';

/** Says of each file how many frames pydicom reads and the SHA-256 of the encoded bytes of the first and the last. */
const PYDICOM_FRAMES = `
import hashlib, json, sys, warnings
warnings.simplefilter('ignore')
from pydicom import dcmread
from pydicom.encaps import generate_frames
for path in sys.stdin.read().split('\\n'):
    try:
        ds = dcmread(path)
        count = int(ds.get('NumberOfFrames', 1) or 1)
        if ds.file_meta.TransferSyntaxUID.is_encapsulated:
            frames = list(generate_frames(ds.PixelData, number_of_frames=count))
        else:
            size = ds.Rows * ds.Columns * ds.BitsAllocated * ds.SamplesPerPixel
            if size % 8 or ds.get('PhotometricInterpretation') == 'YBR_FULL_422':
                continue
            frames = [ds.PixelData[i * size // 8:(i + 1) * size // 8] for i in range(count)]
        print(json.dumps([path, ds.SOPInstanceUID, len(frames), [hashlib.sha256(f).hexdigest() for f in (frames[0], frames[-1])]]))
    except Exception:
        pass
`;

/** Undefined for a file that no gateway would take: broken on purpose. */
function storable(path: string) {
  try {
    return packOf('H001', [readFileSync(path)]);
  } catch {
    return undefined;
  }
}

type Frames = [path: string, sopInstanceUid: string, frames: number, hashes: [first: string, last: string]];

(machineHas('pydicom') ? describe : describe.skip)('WADO-RS of frames', () => {
  let registry: RegistryService;
  let series: CtSeries;
  beforeAll(async () => {
    registry = await RegistryService.start();
    series = ctSeries(1);
    await registry.store('H001', series.slices.map(fileOf));
  });
  afterAll(() => registry.stop());

  const frames = (list: string) =>
    `/dicom-web/studies/${series.studyInstanceUid}/series/${series.seriesInstanceUid}/instances/${series.slices[0]?.sopInstanceUid}/frames/${list}`;

  it('gives the bytes that pydicom finds, of every public file', async () => {
    const said = execFileSync(peersPython, ['-c', PYDICOM_FRAMES], { input: pydicomFiles().join('\n') }).toString();
    const expected = said
      .trim()
      .split('\n')
      .map((line): Frames => JSON.parse(line));
    expect(expected.length).toBeGreaterThan(50);
    const wrong: string[] = [];
    let compared = 0;
    for (const [path, sop, count, hashes] of expected) {
      const pack = storable(path);
      if (pack === undefined) continue;
      const { studyInstanceUid, seriesInstanceUid } = pack.manifest;
      // Some of these files share their UIDs; the first one is registered.
      if (((await registry.put(pack)).json as { stored: number }).stored !== 1) continue;
      compared += 1;
      const root = `/dicom-web/studies/${studyInstanceUid}/series/${seriesInstanceUid}/instances/${sop}/frames`;
      const answers = await Promise.all([1, count].map((frame) => registry.get(`${root}/${frame}`, ANY)));
      const given = answers.map((answer) =>
        answer.status === 200
          ? createHash('sha256')
              .update(partsOf(answer)[0]?.body ?? '')
              .digest('hex')
          : answer.status,
      );
      if (JSON.stringify(given) !== JSON.stringify(hashes)) wrong.push(basename(path));
      const beyond = await registry.get(`${root}/${count + 1}`, ANY);
      if (beyond.status !== 404) wrong.push(`${basename(path)}: a frame beyond the last`);
    }
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(50);
  }, 120_000);

  it('gives several frames, one by itself, and says what they are', async () => {
    const [part] = partsOf(await registry.get(frames('1'), ANY));
    expect(part?.headers['content-type']).toBe('application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1');
    expect(part?.body.equals(series.slices[0]?.dataSet.subarray(-512 * 512 * 2) ?? Buffer.alloc(0))).toBe(true);
    const single = await registry.get(frames('1'), 'application/octet-stream');
    expect([single.headers.get('content-type'), single.body.length]).toEqual([
      'application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1',
      512 * 512 * 2,
    ]);
    expect(partsOf(await registry.get(frames('1,1'), ANY))).toHaveLength(2);
  });

  it.each([
    ['0', 404, 'FRAME_NOT_FOUND'],
    ['2', 404, 'FRAME_NOT_FOUND'],
    ['1,2', 404, 'FRAME_NOT_FOUND'],
    ['one', 400, 'INVALID_REQUEST'],
    ['-1', 400, 'INVALID_REQUEST'],
    [Array(1_500).fill('1').join(','), 400, 'INVALID_REQUEST'],
  ])('answers frame %.20s by its code', async (list, status, code) => {
    const answer = await registry.get(frames(list), ANY);
    expect([answer.status, answer.json.code]).toEqual([status, code]);
  });

  it('is not acceptable as what it is not', async () => {
    const { status, json } = await registry.get(frames('1'), 'multipart/related; type="image/jpeg"');
    expect([status, json.code]).toEqual([406, 'NOT_ACCEPTABLE']);
  });
});
