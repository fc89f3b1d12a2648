import { createHash, randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ctSeries, fileOf, machineHas, TestS3, until } from '@yinglian/testing';
import { HospitalGateway } from '../testing/hospital-gateway.js';
import type { TestPack } from '../testing/pack-of.js';
import { partsOf } from '../testing/parts-of.js';
import { Recompressed } from '../testing/recompressed.js';
import { RegistryService } from '../testing/registry-service.js';
import { framesFile } from '../testing/rendered-files.js';
import { testStudy } from '../testing/test-study.js';
import { RecompressPack } from './recompress-pack.js';
import { RecompressPacks } from './recompress-packs.js';

const MULTIPART = 'multipart/related; type="application/dicom"; transfer-syntax=*';
const PIXELS = 'multipart/related; type="application/octet-stream"; transfer-syntax=*';
const LITTLE_ENDIAN = 'multipart/related; type="application/dicom"; transfer-syntax=1.2.840.10008.1.2.4.80';

const smooth = (seed: number) =>
  Uint8Array.from({ length: 300 * 201 }, (_, at) => 100 + ((at * seed) % 7) + Math.floor(at / 3_000));

describe('packs that are stored compact', () => {
  let recompressed: Recompressed;
  const series = ctSeries(6);
  const frames = framesFile(300, 201, [smooth(3), smooth(5), smooth(11)]);
  const noise = framesFile(64, 64, [randomBytes(64 * 64), randomBytes(64 * 64)]);
  const small = testStudy();
  let packs: Record<'ct' | 'frames' | 'noise' | 'small', TestPack>;
  beforeAll(async () => {
    recompressed = await Recompressed.start();
    const { registry } = recompressed;
    packs = {
      ct: await registry.store('H001', series.slices.map(fileOf)),
      frames: await registry.store('H001', [frames.file]),
      noise: await registry.store('H001', [noise.file]),
      small: await registry.store('H001', small.files),
    };
  });
  afterAll(() => recompressed.registry.stop());

  const ct = `/dicom-web/studies/${series.studyInstanceUid}`;
  const slice = `${ct}/series/${series.seriesInstanceUid}/instances/${series.slices[3]?.sopInstanceUid}`;
  /** What can be asked of images, with the headers that matter. */
  const answers = async () => {
    const asked: [path: string, accept: string, headers?: Record<string, string>][] = [
      [ct, MULTIPART],
      [ct, LITTLE_ENDIAN],
      [slice, 'application/dicom', { 'want-repr-digest': 'sha-256=9' }],
      [slice, 'application/dicom', { range: 'bytes=300000-300999' }],
      [slice, 'application/dicom', { range: 'bytes=-10' }],
      [`${ct}/metadata`, 'application/dicom+json'],
      [`${slice}/frames/1`, 'application/octet-stream'],
      [`${slice}/frames/1`, 'application/octet-stream', { range: 'bytes=1001-1004' }],
      [`${slice}/bulkdata/7FE00010`, PIXELS],
      [`${slice}/rendered`, 'image/png'],
      [`${ct}/thumbnail`, 'image/jpeg'],
      [frames.address, MULTIPART],
      [`${frames.address}/frames/3,1,2`, PIXELS],
      [`${frames.address}/frames/2/rendered`, 'image/png'],
      [noise.address, MULTIPART],
      [`/dicom-web/studies/${small.studyUid}`, MULTIPART],
    ];
    const all = [];
    for (const [path, accept, headers] of asked) {
      const answer = await recompressed.registry.get(path, accept, {}, headers);
      const boundary = /boundary="?([^";]+)/.exec(answer.headers.get('content-type') ?? '')?.[1] ?? 'none';
      const body = answer.body.toString('latin1').replaceAll(boundary, '');
      all.push([
        path,
        accept,
        answer.status,
        answer.headers.get('etag'),
        answer.headers.get('repr-digest'),
        answer.headers.get('content-range'),
        answer.body.length,
        createHash('sha256').update(body, 'latin1').digest('hex'),
      ]);
    }
    return all;
  };

  it('are answered as before, byte by byte', async () => {
    const before = await answers();
    expect(before.map(([, , status]) => status).filter((status) => status !== 200 && status !== 206)).toEqual([]);
    await recompressed.twoDaysLater();
    expect(Object.values(packs).map(({ digest }) => recompressed.formsOf(digest))).toEqual([
      'compact',
      'compact',
      'plain',
      'plain',
    ]);
    expect(await answers()).toEqual(before);
  });

  it('take the room that is accounted for', async () => {
    const { storage, recompression } = await recompressed.operations();
    const { packs: count, bytes, storedBytes, saving, compact } = recompression;
    const compactBytes = packs.ct.bytes.length + packs.frames.bytes.length;
    expect([count, bytes]).toEqual([2, compactBytes]);
    expect(saving).toBeCloseTo(1 - storedBytes / bytes, 10);
    expect(saving).toBeGreaterThan(0.4);
    const plainBytes = packs.noise.bytes.length + packs.small.bytes.length;
    expect(await recompressed.storedBytes()).toBe(storedBytes + plainBytes);
    const sum = (of: { bytes: number }[]) => of.reduce((all, each) => all + each.bytes, 0);
    expect(sum(storage)).toBe(compactBytes + plainBytes);
    expect(compact.map(({ hospital, modality, packs: n }: Record<string, unknown>) => [hospital, modality, n])).toEqual(
      expect.arrayContaining([['H001', 'CT', 1]]),
    );
  });

  it('are not looked at twice', async () => {
    const { database } = recompressed.registry;
    const [row] = await database.query(
      'SELECT through_sequence = max(sequence) AS all FROM packs, recompression GROUP BY through_sequence',
    );
    expect(row).toEqual({ all: true });
    expect(await database.query('SELECT digest FROM recompress_again')).toEqual([]);
  });

  it('may be sent again, which changes nothing', async () => {
    expect((await recompressed.registry.put(packs.ct)).status).toBe(200);
    expect(recompressed.formsOf(packs.ct.digest)).toBe('compact');
  });

  it('are not made of a pack that is erased meanwhile', async () => {
    const { registry } = recompressed;
    const { digest, bytes } = await registry.store('H003', ctSeries(1).slices.map(fileOf));
    const erased = async () => {
      await registry.database.query('DELETE FROM packs WHERE digest = $1', [digest]);
    };
    expect(await registry.service.app.get(RecompressPack).execute(digest, bytes.length, erased)).toEqual({
      kind: 'stays',
    });
    expect(recompressed.formsOf(digest)).toBe('plain');
  });

  it('are made of packs that came from their hospital when all of their age had been looked at', async () => {
    const gateway = new HospitalGateway(recompressed.registry, 'H002');
    const away = await gateway.keep(ctSeries(1).slices.map(fileOf));
    await recompressed.twoDaysLater();
    expect(recompressed.formsOf(away.digest)).toBe('');
    expect((await gateway.bring(away)).status).toBeLessThan(300);
    await until(() => recompressed.formsOf(away.digest) !== '');
    await recompressed.twoDaysLater();
    expect(recompressed.formsOf(away.digest)).toBe('compact');
    const { compact } = (await recompressed.operations()).recompression;
    expect(compact.map(({ hospital, packs: n }: Record<string, unknown>) => [hospital, n])).toContainEqual(['H002', 1]);
  });
});

describe('packs of a registry that is told nothing of it', () => {
  it('stay as they came', async () => {
    const registry = await RegistryService.start();
    const recompressed = new Recompressed(registry);
    const { digest } = await registry.store('H001', ctSeries(1).slices.map(fileOf));
    await registry.database.query("UPDATE packs SET committed_at = committed_at - interval '1000 days'");
    const looked = await registry.service.app.get(RecompressPacks).execute(new AbortController().signal);
    expect([looked, recompressed.formsOf(digest)]).toEqual([false, 'plain']);
    await registry.stop();
  });
});

(machineHas('s3') ? describe : describe.skip)('packs on S3 that are stored compact', () => {
  it('are answered as before, and leave nothing on the registry’s own disk', async () => {
    const s3 = await TestS3.start();
    const before = { ...process.env };
    const { OBJECTS_URL, OBJECTS_S3_ENDPOINT, ...ofTheSdk } = s3.environment;
    Object.assign(process.env, ofTheSdk);
    const registry = await RegistryService.start(undefined, {
      OBJECTS_URL: `${OBJECTS_URL}/province`,
      OBJECTS_S3_ENDPOINT,
      RECOMPRESS_AFTER_DAYS: '1',
      RECOMPRESS_BYTES_PER_SECOND: '1000000000',
    });
    try {
      const recompressed = new Recompressed(registry, join(s3.folder, 'root', s3.bucket, 'province'));
      const { slices, studyInstanceUid } = ctSeries(8);
      const { digest } = await registry.store('H001', slices.map(fileOf));
      const study = async () => partsOf(await registry.get(`/dicom-web/studies/${studyInstanceUid}`, MULTIPART));
      const files = (await study()).map(({ body }) => body);
      await recompressed.twoDaysLater();
      expect(recompressed.formsOf(digest)).toBe('compact');
      expect((await study()).map(({ body }, at) => body.equals(files[at] ?? Buffer.alloc(0)))).toEqual(
        slices.map(() => true),
      );
      expect((await readdir(registry.environment.OBJECTS_FOLDER ?? '', { recursive: true })).sort()).toEqual([
        'incoming',
        'unfinished',
      ]);
    } finally {
      process.env = before;
      await registry.stop();
      await s3.stop();
    }
  });
});
