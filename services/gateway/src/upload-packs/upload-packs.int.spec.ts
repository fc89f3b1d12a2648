import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { readManifest } from '@yinglian/dicom';
import { CT_IMAGE_STORAGE, type CtSeries, ctSeries, fileOf, multipart } from '@yinglian/testing';
import { eventually, TestGateway } from '../testing/test-gateway.js';

const digestsOf = ({ slices }: CtSeries) => slices.map(({ sha256 }) => sha256).sort();

describe('packs on their way to the registry', () => {
  let gateway: TestGateway;

  beforeAll(async () => {
    gateway = await TestGateway.start();
  });
  afterEach(() => {
    gateway.province.registryAnswers = [];
  });
  afterAll(() => gateway.stop());

  const send = async (series: CtSeries) => {
    expect((await gateway.stow(multipart(series.slices.map(fileOf)))).status).toBe(200);
    return series;
  };
  const received = async (series: CtSeries) =>
    (await gateway.province.instances())
      .filter(({ manifest }) => manifest.seriesInstanceUid === series.seriesInstanceUid)
      .map(({ entry }) => entry.dataSetSha256)
      .sort();
  const arrival = async (series: CtSeries) => {
    await eventually('the series is at the registry', async () => (await received(series)).length > 0);
    expect(await received(series)).toEqual(digestsOf(series));
    await eventually('the spool is free', async () => (await gateway.segments()).length === 0);
  };
  const refused = async () =>
    (await readdir(join(gateway.folder, 'refused'))).filter((name) => name.endsWith('.pack')).sort();

  it('name their series, their instances and who sent them', async () => {
    const series = await send(ctSeries(3));
    await arrival(series);
    const [first] = (await gateway.province.instances()).filter(
      ({ manifest }) => manifest.seriesInstanceUid === series.seriesInstanceUid,
    );
    expect(first?.manifest).toMatchObject({
      version: 1,
      hospital: 'H001',
      studyInstanceUid: series.studyInstanceUid,
      instances: series.slices.map(({ sopInstanceUid, sha256 }) => ({
        sopInstanceUid,
        sopClassUid: CT_IMAGE_STORAGE,
        transferSyntaxUid: '1.2.840.10008.1.2.1',
        dataSetSha256: sha256,
        callingAeTitle: null,
        via: 'STOW-RS',
      })),
    });
  });

  it('hold 32 MiB at most', async () => {
    const series = await send(ctSeries(150));
    await eventually('all is there', async () => (await received(series)).length === 150);
    await arrival(series);
    const sizes = [...gateway.province.packs.values()].map(({ length }) => length);
    expect(Math.max(...sizes)).toBeLessThan(32 * 1024 * 1024 + 64 * 1024);
  });

  it('wait while the province is away, and leave when it is back, each once', async () => {
    const before = gateway.province.puts;
    await gateway.province.stop();
    const [one, other] = [await send(ctSeries(3)), await send(ctSeries(2))];
    await eventually('both were told meanwhile', async () => {
      const told = (await gateway.events()).filter(({ type }) => type === 'study.received.v2');
      return [one, other].every((series) => told.some(({ data }) => data.studyInstanceUid === series.studyInstanceUid));
    });
    expect(await gateway.segments()).not.toHaveLength(0);
    await gateway.province.restart();
    await arrival(one);
    await arrival(other);
    expect(gateway.province.puts - before).toBe(2);
  });

  it.each([500, 502, 503, 507, 429, 401, 404])('are tried again when the registry answers %d', async (status) => {
    gateway.province.registryAnswers = [{ status }, { status }];
    const answers = gateway.province.registryAnswers;
    const series = await send(ctSeries(2));
    await eventually('it was asked', async () => answers.length < 2 || gateway.province.heads > 0);
    gateway.province.registryAnswers = [];
    await arrival(series);
    expect(await refused()).toEqual([]);
  });

  it('that arrived although the answer was lost are not sent again', async () => {
    gateway.province.losesAnswers = 1;
    const before = gateway.province.puts;
    const series = await send(ctSeries(2));
    await arrival(series);
    expect(gateway.province.puts - before).toBe(1);
  });

  it('that are there already are done with: 200 is as good as 201', async () => {
    gateway.province.registryAnswers = [{ status: 200 }];
    await send(ctSeries(2));
    await eventually('the spool is free', async () => (await gateway.segments()).length === 0);
    expect(await refused()).toEqual([]);
  });

  it('that something in between says to have taken are not let go of', async () => {
    gateway.province.registryAnswers = [{ status: 200, code: 'PLEASE_SIGN_IN' }];
    const before = gateway.province.puts;
    const series = await send(ctSeries(1));
    await eventually('it was tried twice', async () => gateway.province.puts - before >= 2);
    gateway.province.registryAnswers = [];
    await arrival(series);
  });

  it('that something in between refuses are not given up', async () => {
    gateway.province.registryAnswers = [{ status: 413, code: 'PROXY_LIMIT' }];
    const before = gateway.province.puts;
    const series = await send(ctSeries(2));
    await eventually('it was tried twice', async () => gateway.province.puts - before >= 2);
    gateway.province.registryAnswers = [];
    await arrival(series);
    expect(await refused()).toEqual([]);
  });

  it('that a wire damages are sent again', async () => {
    gateway.province.registryAnswers = [{ status: 422, code: 'PACK_DIGEST_MISMATCH' }];
    const before = gateway.province.puts;
    const series = await send(ctSeries(1));
    await eventually('it was tried twice', async () => gateway.province.puts - before >= 2);
    gateway.province.registryAnswers = [];
    await arrival(series);
  });

  it('of which one makes trouble do not hold back the others', async () => {
    const [first, second, third] = [ctSeries(1), ctSeries(1), ctSeries(1)];
    gateway.province.troublesome = [first.seriesInstanceUid, second.seriesInstanceUid];
    await send(first);
    await send(second);
    await eventually('both make trouble', async () => gateway.province.troubles >= 6);
    await send(third);
    await eventually('the third is there', async () => (await received(third)).length === 1);
    expect(await received(first)).toEqual([]);
    gateway.province.troublesome = [];
    await arrival(first);
    await arrival(second);
  });

  it.each([
    [409, 'PACK_CONFLICT'],
    [422, 'PACK_MALFORMED'],
    [413, 'PACK_TOO_LARGE'],
  ])(
    'that the registry refuses for good with %d %s are kept, each instance alone, and the spool is freed',
    async (status, code) => {
      const before = new Set(await refused());
      gateway.province.registryAnswers = [{ status, code }];
      const series = await send(ctSeries(3));
      await eventually('three packs are kept', async () => (await refused()).length - before.size === 3);
      await eventually('the spool is free', async () => (await gateway.segments()).length === 0);
      const kept = (await refused()).filter((name) => !before.has(name));
      const digests: string[] = [];
      for (const name of kept) {
        const pack = await readFile(join(gateway.folder, 'refused', name));
        const { instances } = await readManifest(pack.length, async (at, length) => pack.subarray(at, at + length));
        digests.push(...instances.map(({ dataSetSha256 }) => dataSetSha256));
        const note = await readFile(join(gateway.folder, 'refused', name.replace('.pack', '.json')), 'utf8');
        expect(JSON.parse(note)).toEqual({ reason: code, refusedAt: expect.any(String) });
      }
      expect(digests.sort()).toEqual(digestsOf(series));
      const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
      expect(metrics).toMatch(new RegExp(`^gateway_packs_kept\\S* ${before.size + 3}( |$)`, 'm'));
    },
  );

  it('carry an instance once that was sent twice with the same bytes', async () => {
    const [slice] = ctSeries(1).slices;
    if (slice === undefined) throw new Error('A series has a slice');
    const before = gateway.province.puts;
    expect((await gateway.stow(multipart([fileOf(slice), fileOf(slice)]))).status).toBe(200);
    await eventually('the spool is free', async () => (await gateway.segments()).length === 0);
    expect(gateway.province.puts - before).toBe(1);
  });

  it('are kept and counted over a restart', async () => {
    const kept = await refused();
    expect(kept).not.toHaveLength(0);
    await gateway.kill('SIGTERM');
    await gateway.run();
    const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
    expect(metrics).toMatch(new RegExp(`^gateway_packs_kept\\S* ${kept.length}( |$)`, 'm'));
    expect(await refused()).toEqual(kept);
  });
});
