import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ctSeries, fileOf, machineHas, TestS3 } from '@yinglian/testing';
import { packOf } from '../testing/pack-of.js';
import { partsOf } from '../testing/parts-of.js';
import { RegistryService } from '../testing/registry-service.js';

const MULTIPART = 'multipart/related; type="application/dicom"; transfer-syntax=*';

(machineHas('s3') ? describe : describe.skip)('the registry on S3', () => {
  let s3: TestS3;
  let registry: RegistryService;
  const series = ctSeries(20);
  const files = series.slices.map(fileOf);
  const before = { ...process.env };
  beforeAll(async () => {
    s3 = await TestS3.start();
    const { OBJECTS_URL, OBJECTS_S3_ENDPOINT, ...ofTheSdk } = s3.environment;
    Object.assign(process.env, ofTheSdk);
    registry = await RegistryService.start(undefined, { OBJECTS_URL: `${OBJECTS_URL}/province`, OBJECTS_S3_ENDPOINT });
  });
  afterAll(async () => {
    process.env = before;
    await registry.stop();
    await s3.stop();
  });

  const study = () => registry.get(`/dicom-web/studies/${series.studyInstanceUid}`, MULTIPART);

  it('keeps packs in the bucket and nothing on its own disk, and gives every file back bit by bit', async () => {
    const pack = packOf('H001', files);
    expect([(await registry.put(pack)).status, (await registry.put(pack)).status]).toEqual([201, 200]);
    const kept = await readdir(join(s3.folder, 'root', s3.bucket, 'province', 'packs', pack.digest.slice(0, 3)));
    expect(kept.sort()).toEqual(['', '.commit', '.index', '.metadata'].map((beside) => pack.digest + beside));
    const own = await readdir(registry.environment.OBJECTS_FOLDER ?? '', { recursive: true });
    expect(own.sort()).toEqual(['incoming', 'unfinished']);
    const answer = await study();
    expect(partsOf(answer).map(({ body }, place) => body.equals(files[place] ?? Buffer.alloc(0)))).toEqual(
      files.map(() => true),
    );
    const part = await registry.get(
      `/dicom-web/studies/${series.studyInstanceUid}/series/${series.seriesInstanceUid}/instances/${series.slices[7]?.sopInstanceUid}`,
      'application/dicom',
      {},
      { range: 'bytes=1000-1999' },
    );
    expect([part.status, part.body.equals((files[7] ?? Buffer.alloc(0)).subarray(1_000, 2_000))]).toEqual([206, true]);
  });

  it('goes on with a pack that broke off', async () => {
    const pack = packOf('H001', ctSeries(3).slices.map(fileOf));
    const half = Math.floor(pack.bytes.length / 2);
    const total = pack.bytes.length;
    const rest = await registry.put({ ...pack, bytes: pack.bytes.subarray(half) }, 'H001', {
      'content-range': `bytes ${half}-${total - 1}/${total}`,
    });
    expect([rest.status, rest.json.code]).toEqual([409, 'UPLOAD_OFFSET_MISMATCH']);
    expect((await registry.put(pack)).status).toBe(201);
  });

  it('says that it is away while it is, and takes what comes again afterwards', async () => {
    const pack = packOf('H001', ctSeries(2).slices.map(fileOf));
    await s3.server.kill('SIGKILL');
    const refused = await registry.put(pack);
    const unread = await study();
    expect([refused.status, refused.json.code, unread.status, unread.json.code]).toEqual([
      503,
      'UNAVAILABLE',
      503,
      'UNAVAILABLE',
    ]);
    await s3.server.restart();
    expect((await registry.put(pack)).status).toBe(201);
    expect((await study()).status).toBe(200);
  });
});
