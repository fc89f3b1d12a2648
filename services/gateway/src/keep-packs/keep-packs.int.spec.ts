import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CtSeries, ctSeries, fileOf, multipart, part10, smallInstance } from '@yinglian/testing';
import { eventually, TestGateway } from '../testing/test-gateway.js';

describe('a hospital that keeps its pixels', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await TestGateway.start({ KEPT_PACKS_POLL_MS: '100' });
    await follow('on-demand');
  });
  afterAll(() => gateway.stop());

  /** The directory says so, and the gateway has heard of it. */
  const follow = async (pixels: 'upload' | 'on-demand') => {
    const version = String(Math.random());
    Object.assign(gateway.province.configuration, { pixels, version });
    await eventually('the gateway follows', async () => gateway.output.includes(`Configuration ${version}`));
  };
  const kept = async () =>
    (await readdir(join(gateway.folder, 'kept'), { recursive: true }))
      .filter((name) => name.endsWith('.pack'))
      .map((name) => name.slice(4, -5));
  const pathOf = (digest: string) => join(gateway.folder, 'kept', digest.slice(0, 3), `${digest}.pack`);
  const spoolIsFree = () =>
    eventually(
      'the spool is free',
      async () => (await gateway.segments()).length + (await gateway.pendingPacks()) === 0,
    );
  /** Resolves with the digest of its pack. */
  const send = async (series: CtSeries) => {
    const before = new Set(gateway.province.outlines.keys());
    expect((await gateway.stow(multipart(series.slices.map(fileOf)))).status).toBe(200);
    const told = () => [...gateway.province.outlines.keys()].filter((digest) => !before.has(digest));
    await eventually('the registry is told', async () => told().length === 1);
    await spoolIsFree();
    return told()[0] ?? '';
  };
  const pull = (digest: string) => gateway.province.pulls.set(digest, '1.2.3');
  const isBrought = (digest: string) => eventually('it is brought', async () => gateway.province.packs.has(digest));

  it('tells the province what it has, and keeps the packs when the spool is free', async () => {
    const series = ctSeries(3);
    const digest = await send(series);
    expect([gateway.province.packBytes, await kept()]).toEqual([0, [digest]]);
    const file = await readFile(pathOf(digest));
    const outline = gateway.province.outlines.get(digest);
    expect([outline?.sizeBytes, outline?.agreesWith(file, 0)]).toEqual([file.length, true]);
    expect(outline?.encode().length).toBeLessThan(file.length / 50);
    await eventually('the study is told of as handed over', async () =>
      (await gateway.events()).some(
        ({ type, data }) => type === 'study.received.v2' && data.studyInstanceUid === series.studyInstanceUid,
      ),
    );
  });

  it('brings a pack at once when the province waits for it, and keeps it', async () => {
    const digest = await send(ctSeries(2));
    const since = performance.now();
    pull(digest);
    await isBrought(digest);
    expect(performance.now() - since).toBeLessThan(1_000);
    expect((await readFile(pathOf(digest))).equals(gateway.province.packs.get(digest) as Buffer)).toBe(true);
  });

  it('sends what has no pixels as it is', async () => {
    const { sopClassUid, sopInstanceUid, dataSet } = smallInstance();
    const before = [await kept(), gateway.province.outlines.size];
    await gateway.stow(multipart([part10(sopClassUid, sopInstanceUid, dataSet)]));
    await eventually('it is there', async () =>
      (await gateway.province.instances()).some(({ entry }) => entry.sopInstanceUid === sopInstanceUid),
    );
    expect([await kept(), gateway.province.outlines.size]).toEqual(before);
  });

  it('brings a pack that it was bringing when it was killed', async () => {
    const digest = await send(ctSeries(20));
    gateway.province.isSlow = true;
    pull(digest);
    await eventually('it is on its way', async () => gateway.province.uploading === 1);
    await gateway.kill();
    gateway.province.isSlow = false;
    await gateway.run();
    await isBrought(digest);
    expect(await kept()).toContain(digest);
  });

  it('says of a pack that is gone that it is', async () => {
    const digest = await send(ctSeries(1));
    await rm(pathOf(digest));
    pull(digest);
    await eventually('it is told', async () => gateway.province.pullOutcomes.has(digest));
    expect(gateway.province.pullOutcomes.get(digest)).toEqual({ outcome: 'missing' });
  });

  it('says of a pack that the disk damaged that it is, and shows it among the refused ones', async () => {
    const digest = await send(ctSeries(1));
    const file = await readFile(pathOf(digest));
    file.writeUInt8((file[300_000] ?? 0) ^ 1, 300_000);
    await writeFile(pathOf(digest), file);
    pull(digest);
    await eventually('it is told', async () => gateway.province.pullOutcomes.has(digest));
    expect(gateway.province.pullOutcomes.get(digest)).toEqual({ outcome: 'damaged' });
    expect(gateway.province.packs.has(digest)).toBe(false);
    const note = JSON.parse(await readFile(join(gateway.folder, 'refused', `${digest}.json`), 'utf8'));
    expect([note.reason, (await kept()).includes(digest)]).toEqual(['SPOOL_DAMAGED', false]);
  });

  it('says of packs that the province would let go whether they are here as they were', async () => {
    const [sound, damaged, gone] = [await send(ctSeries(1)), await send(ctSeries(1)), await send(ctSeries(1))];
    const file = await readFile(pathOf(damaged));
    file.writeUInt8((file[300_000] ?? 0) ^ 1, 300_000);
    await writeFile(pathOf(damaged), file);
    await rm(pathOf(gone));
    for (const digest of [sound, damaged, gone]) gateway.province.toRelease.add(digest);
    await eventually('all is said', async () => gateway.province.saidOfKept.size === 3);
    expect([sound, damaged, gone].map((digest) => gateway.province.saidOfKept.get(digest))).toEqual([
      { isKept: true },
      { isKept: false },
      { isKept: false },
    ]);
    await rm(pathOf(damaged));
  });

  it('brings all of it when it uploads again, and keeps what comes when it changes its mind once more', async () => {
    const before = await kept();
    await follow('upload');
    await eventually('nothing is kept', async () => (await kept()).length === 0, 30_000);
    expect(before.filter((digest) => !gateway.province.packs.has(digest))).toEqual([]);
    const outlines = gateway.province.outlines.size;
    const uploaded = ctSeries(2);
    await gateway.stow(multipart(uploaded.slices.map(fileOf)));
    await eventually('it is uploaded', async () =>
      (await gateway.province.instances()).some(
        ({ manifest }) => manifest.studyInstanceUid === uploaded.studyInstanceUid,
      ),
    );
    await spoolIsFree();
    expect([gateway.province.outlines.size, await kept()]).toEqual([outlines, []]);
    // Nor does it say anything of what is here no more: it stays at the province.
    const [brought = ''] = before;
    gateway.province.saidOfKept.clear();
    gateway.province.toRelease.add(brought);
    await new Promise((wait) => setTimeout(wait, 1_000));
    expect(gateway.province.saidOfKept.size).toBe(0);
    gateway.province.toRelease.clear();
    await follow('on-demand');
    const digest = await send(ctSeries(1));
    expect(await kept()).toEqual([digest]);
  });
});
