import { mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  CT_IMAGE_STORAGE,
  type CtSeries,
  ctSeries,
  EXPLICIT_LITTLE_ENDIAN,
  fileOf,
  machineHas,
  multipart,
  RawPeer,
} from '@yinglian/testing';
import { eventually, TestGateway } from '../testing/test-gateway.js';

const context = { id: 1, abstractSyntax: CT_IMAGE_STORAGE, transferSyntaxes: [EXPLICIT_LITTLE_ENDIAN] };
const SLICES = 400;

jest.setTimeout(240_000);

describe('a gateway that is killed', () => {
  let gateway: TestGateway;
  let series: CtSeries;

  beforeAll(() => {
    series = ctSeries(SLICES);
  });
  beforeEach(async () => {
    gateway = await TestGateway.start();
  });
  afterEach(() => gateway.stop());

  /** How often each instance stands in the packs that the registry has. */
  const timesReceived = async () => {
    const times = new Map<string, number>();
    for (const { entry } of await gateway.province.instances()) {
      times.set(entry.dataSetSha256, (times.get(entry.dataSetSha256) ?? 0) + 1);
    }
    return times;
  };

  /** Sends slices one after the other until the connection breaks; resolves with those that were acknowledged. */
  const sendUntilBroken = async (
    slices: CtSeries['slices'],
    onAcknowledged: (count: number) => void = () => undefined,
  ) => {
    const acknowledged: string[] = [];
    const peer = await RawPeer.connect(gateway.dicomPort);
    await peer.associate({ contexts: [context] });
    for (const { sopInstanceUid, dataSet, sha256 } of slices) {
      if ((await peer.store(1, { sopClassUid: CT_IMAGE_STORAGE, sopInstanceUid }, dataSet)) !== 0) break;
      acknowledged.push(sha256);
      onAcknowledged(acknowledged.length);
    }
    peer.close();
    return acknowledged;
  };

  /** Each acknowledged instance is in one pack, and in no other; of others at most those whose answer was lost. */
  const expectEachOnce = async (acknowledged: readonly string[], sent: CtSeries, unanswered: number) => {
    await eventually('the spool is free', async () => (await gateway.segments()).length === 0, 60_000);
    const times = await timesReceived();
    expect(acknowledged.filter((sha256) => times.get(sha256) !== 1)).toEqual([]);
    const known = new Set(sent.slices.map(({ sha256 }) => sha256));
    expect([...times.keys()].filter((sha256) => !known.has(sha256))).toEqual([]);
    expect([...times.values()].filter((count) => count !== 1)).toEqual([]);
    expect(times.size).toBeLessThanOrEqual(acknowledged.length + unanswered);
    await eventually('the study was told with all that is there', async () =>
      (await gateway.events()).some(
        ({ type, data }) =>
          type === 'study.received.v2' &&
          data.studyInstanceUid === sent.studyInstanceUid &&
          data.instances === times.size,
      ),
    );
    expect(await readdir(join(gateway.folder, 'refused'))).toEqual([]);
  };

  it('while it receives 400 slices has each acknowledged one in one pack after the restart', async () => {
    const acknowledged = await sendUntilBroken(series.slices, (count) => {
      if (count === 250) void gateway.kill();
    });
    expect(acknowledged.length).toBeGreaterThanOrEqual(250);
    expect(acknowledged.length).toBeLessThan(SLICES);
    await gateway.run();
    await expectEachOnce(acknowledged, series, 1);
  });

  it('keeps an instance aside that the disk does not give back as it came, and nothing else', async () => {
    await gateway.province.stop();
    const slices = series.slices.slice(0, 3);
    expect(await sendUntilBroken(slices)).toHaveLength(3);
    await gateway.kill();
    const [segment = ''] = await gateway.segments();
    const file = await open(join(gateway.folder, 'segments', segment), 'r+');
    await file.write(Buffer.alloc(100, 0xee), 0, 100, 100_000);
    await file.close();
    await gateway.province.restart();
    await gateway.run();
    await eventually('the spool is free', async () => (await gateway.segments()).length === 0);
    expect([...(await timesReceived()).keys()].sort()).toEqual(
      slices
        .slice(1)
        .map(({ sha256 }) => sha256)
        .sort(),
    );
    const refused = await readdir(join(gateway.folder, 'refused'));
    const [note = ''] = refused.filter((name) => name.endsWith('.json'));
    expect(refused).toHaveLength(2);
    expect(JSON.parse(await readFile(join(gateway.folder, 'refused', note), 'utf8'))).toMatchObject({
      reason: 'SPOOL_DAMAGED',
    });
  });

  it('again and again, on four associations at once, loses nothing, and doubles only what it could not answer', async () => {
    const parts = [0, 1, 2, 3].map((part) => series.slices.filter((_, index) => index % 4 === part));
    const acknowledged: string[] = [];
    for (let kill = 0; kill < 3; kill += 1) {
      const sent = await Promise.all(
        parts.map((slices) =>
          sendUntilBroken(slices.filter(({ sha256 }) => !acknowledged.includes(sha256)).slice(0, 60), (count) => {
            if (count === 15 + kill * 5) void gateway.kill();
          }),
        ),
      );
      acknowledged.push(...sent.flat());
      await gateway.kill();
      await gateway.run();
    }
    expect(acknowledged.length).toBeGreaterThan(100);
    await eventually('the spool is free', async () => (await gateway.segments()).length === 0, 60_000);
    const times = await timesReceived();
    expect(acknowledged.filter((sha256) => !times.has(sha256))).toEqual([]);
    // Four senders did not hear of their last instance, three times, and sent it again.
    expect([...times.values()].filter((count) => count > 1).length).toBeLessThanOrEqual(4 * 3);
  });

  it('while it uploads goes on with the same packs, and sends none that is there', async () => {
    gateway.province.isSlow = true;
    const files = series.slices.slice(0, 200).map(fileOf);
    expect((await gateway.stow(multipart(files))).status).toBe(200);
    await eventually('an upload is under way', async () => gateway.province.uploading > 0);
    await gateway.kill();
    gateway.province.isSlow = false;
    const before = gateway.province.puts;
    await gateway.run();
    await expectEachOnce(
      series.slices.slice(0, 200).map(({ sha256 }) => sha256),
      series,
      0,
    );
    expect(gateway.province.puts - before).toBeLessThanOrEqual(4);
  });

  it('after the registry has packs, and before it knows, makes the same packs again and sends none', async () => {
    gateway.province.withholdsAnswers = true;
    // One series in two requests is two packs, though all of it would fit in one.
    for (const [time, from] of [0, 10].entries()) {
      const slices = series.slices.slice(from, from + 10);
      expect((await gateway.stow(multipart(slices.map(fileOf)))).status).toBe(200);
      await eventually('the registry has it', async () => gateway.province.packs.size === time + 1);
    }
    await gateway.kill();
    gateway.province.withholdsAnswers = false;
    const digests = [...gateway.province.packs.keys()];
    const puts = gateway.province.puts;
    await gateway.run();
    await eventually('the spool is free', async () => (await gateway.segments()).length === 0);
    expect([...gateway.province.packs.keys()]).toEqual(digests);
    expect(gateway.province.puts).toBe(puts);
  });

  it('while an association goes on does not hand over again what was handed over', async () => {
    const peer = await RawPeer.connect(gateway.dicomPort);
    await peer.associate({ contexts: [context] });
    const store = ({ sopInstanceUid, dataSet }: CtSeries['slices'][number]) =>
      peer.store(1, { sopClassUid: CT_IMAGE_STORAGE, sopInstanceUid }, dataSet);
    const sent = series.slices.slice(0, 100);
    for (const slice of sent) expect(await store(slice)).toBe(0);
    await eventually('all was handed over', async () => (await timesReceived()).size === sent.length);
    await eventually('that is written down', async () => (await gateway.pendingPacks()) === 0);
    expect(await gateway.segments()).toHaveLength(1);
    const { puts, heads } = gateway.province;
    await gateway.kill();
    peer.close();
    await gateway.run();
    await eventually('the spool is free', async () => (await gateway.segments()).length === 0);
    expect({ puts: gateway.province.puts, heads: gateway.province.heads }).toEqual({ puts, heads });
    expect([...(await timesReceived()).values()].every((count) => count === 1)).toBe(true);
  });
});

async function spooledBytes(gateway: TestGateway): Promise<number> {
  const folder = join(gateway.folder, 'segments');
  const files = await Promise.all((await gateway.segments()).map((name) => stat(join(folder, name))));
  return files.reduce((bytes, { size }) => bytes + size, 0);
}

(machineHas('dcmtk') ? describe : describe.skip)('a gateway that is killed while storescu sends', () => {
  it('has all that storescu was told is stored, once storescu has sent the rest', async () => {
    const gateway = await TestGateway.start();
    const folder = await mkdtemp(join(tmpdir(), 'yinglian-crash-'));
    try {
      const series = ctSeries(SLICES);
      const paths = new Map(
        await Promise.all(
          series.slices.map(async (slice) => {
            const path = join(folder, `${slice.sopInstanceUid}.dcm`);
            await writeFile(path, fileOf(slice));
            return [path, slice.sha256] as const;
          }),
        ),
      );
      const sending = gateway.storescu([...paths.keys()]);
      await eventually('some are in the spool', async () => (await spooledBytes(gateway)) > 4_000_000);
      await gateway.kill();
      const { output } = await sending;
      const files = [...output.matchAll(/^I: Sending file: (.*)$/gm)].map(([, path]) => path ?? '');
      const stored = output.match(/Received Store Response \(Success\)/g)?.length ?? 0;
      expect(stored).toBeGreaterThan(0);
      expect(stored).toBeLessThan(SLICES);
      await gateway.run();
      const received = async () => (await gateway.province.instances()).map(({ entry }) => entry.dataSetSha256);
      await eventually('what was acknowledged is there', async () => {
        const there = new Set(await received());
        return files.slice(0, stored).every((path) => there.has(paths.get(path) ?? ''));
      });
      expect(new Set(await received()).size).toBe((await received()).length);
      const rest = [...paths.keys()].filter((path) => !files.slice(0, stored).includes(path));
      expect((await gateway.storescu(rest)).code).toBe(0);
      await eventually('all is there', async () => new Set(await received()).size === SLICES);
      await eventually('the study was told with 400 instances', async () =>
        (await gateway.events()).some(
          ({ type, data }) =>
            type === 'study.received.v2' &&
            data.studyInstanceUid === series.studyInstanceUid &&
            data.instances === SLICES,
        ),
      );
    } finally {
      await gateway.stop();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
