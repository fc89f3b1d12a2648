import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseHeader, summarise } from '@yinglian/dicom';
import { machineHas, type StorableFile, storableFiles } from '@yinglian/testing';
import { sha256 } from '../testing/pack-of.js';
import { Recompressed } from '../testing/recompressed.js';

(machineHas('pydicom') ? describe : describe.skip)('real files in packs that are stored compact', () => {
  let recompressed: Recompressed;
  const digests = new Map<string, string>();
  const files = machineHas('pydicom') ? storableFiles() : [];
  beforeAll(async () => {
    recompressed = await Recompressed.start();
    for (const file of files) digests.set(file.name, (await recompressed.registry.store('H001', [file.bytes])).digest);
  }, 120_000);
  afterAll(() => recompressed.registry.stop());

  const addressOf = ({ bytes }: StorableFile) => {
    const { studyInstanceUid, seriesInstanceUid, sopInstanceUid } = summarise(parseHeader(bytes));
    return `/dicom-web/studies/${studyInstanceUid}/series/${seriesInstanceUid}/instances/${sopInstanceUid}`;
  };
  const answers = async () => {
    const all = [];
    for (const file of files) {
      const { registry } = recompressed;
      const address = addressOf(file);
      const given = [
        await registry.get(address, 'application/dicom; transfer-syntax=*'),
        await registry.get(`${address}/frames/1`, 'application/octet-stream; transfer-syntax=*'),
        await registry.get(`${address}/rendered`, 'image/png'),
      ];
      all.push([file.name, ...given.map(({ status, body }) => (status === 200 ? sha256(body) : status))]);
    }
    return all;
  };

  it('are given as before, and so are their frames and pictures', async () => {
    const before = await answers();
    await recompressed.twoDaysLater();
    expect(await answers()).toEqual(before);
    expect(before.filter(([, file]) => typeof file === 'string').length).toBe(files.length);
    expect(before.filter(([, , frame]) => typeof frame === 'string').length).toBeGreaterThan(50);
  }, 240_000);

  it('are compact where that saves something, and are not where they are compressed or in big endian', () => {
    const formOf = (name: string) => {
      const [digest = ''] = [...digests].flatMap(([path, of]) => (path.endsWith(`/${name}`) ? [of] : []));
      return recompressed.formsOf(digest);
    };
    const compact = [
      'CT_small.dcm',
      'MR_small.dcm',
      'MR_small_implicit.dcm',
      'examples_rgb_color.dcm',
      'examples_overlay.dcm',
    ];
    const plain = ['MR_small_bigendian.dcm', 'JPEG2000.dcm', 'image_dfl.dcm', 'rtdose.dcm', 'examples_ybr_color.dcm'];
    expect(compact.map(formOf)).toEqual(compact.map(() => 'compact'));
    expect(plain.map(formOf)).toEqual(plain.map(() => 'plain'));
  });

  it('save what is told', async () => {
    const { saving, packs, bytes, storedBytes } = (await recompressed.operations()).recompression;
    expect([packs > 10, storedBytes < bytes, saving > 0.5]).toEqual([true, true, true]);
  });
});
