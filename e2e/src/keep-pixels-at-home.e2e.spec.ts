import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serviceDatabase } from '@yinglian/local';
import { Database } from '@yinglian/persistence';
import { type CtSeries, ctSeries, LauncherProcess, type Province, startProvince } from '@yinglian/testing';
import { eventually } from './eventually.js';
import { hospitalOf, returnedHashes, sentHashes, untilComplete } from './main-job.js';
import { sendSeries } from './send-files.js';

interface Tier {
  readonly hospital: string;
  readonly modality: string;
  readonly tier: string;
  readonly packs: number;
}

describe('a hospital that keeps its pixels at home', () => {
  let province: Province;
  beforeAll(async () => {
    // The province lets go of what nobody has read for a day, and asks gateways every second whether they have it.
    province = await startProvince({ environment: { PULLED_KEEP_BYTES: '0', KEPT_PACKS_POLL_MS: '1000' } });
    await change('on-demand');
  }, 180_000);
  afterAll(() => province?.stop(), 110_000);

  /** An administrator decides it; the gateway has heard of it when this resolves. */
  const change = async (pixels: 'upload' | 'on-demand') => {
    const url = `${province.endpoints.edge}/api/directory/hospitals/H002`;
    const headers = { authorization: `Bearer ${await province.token('admin')}`, 'content-type': 'application/json' };
    const { version } = (await (await fetch(url, { headers })).json()) as { version: number };
    const changed = await fetch(url, { method: 'PATCH', headers, body: JSON.stringify({ version, pixels }) });
    expect(changed.status).toBe(200);
    await eventually('the gateway follows', async () => {
      const { configuration } = JSON.parse(await readFile(join(gatewayFolder(), 'configuration.json'), 'utf8'));
      return configuration.pixels === pixels;
    });
  };
  const gatewayFolder = () => join(province.home, 'gateways', 'H002');
  const packsIn = async (folder: string) => {
    const names = await readdir(folder, { recursive: true }).catch(() => []);
    return names.flatMap((name) => /([0-9a-f]{64})(\.pack)?$/.exec(name)?.[1] ?? []);
  };
  const kept = () => packsIn(join(gatewayFolder(), 'kept'));
  const stored = () => packsIn(join(province.home, 'objects', 'packs'));
  const inRegistry = async <T>(work: (registry: Database) => Promise<T>): Promise<T> => {
    const url = serviceDatabase(province.home, 'study-registry');
    const registry = new Database({ url, applicationName: 'e2e', maxConnections: 1 });
    try {
      return await work(registry);
    } finally {
      await registry.close();
    }
  };
  const readTwoDaysAgo = (packs: readonly string[]) =>
    inRegistry((registry) =>
      registry.query("UPDATE pulled_packs SET read_at = now() - interval '2 days' WHERE digest = ANY ($1)", [packs]),
    );
  /** Who reads it while it comes has its last byte before it is kept. */
  const isStored = async (packs: readonly string[]) => {
    const digests = await stored();
    return packs.every((digest) => digests.includes(digest));
  };
  /** The packs of the series. What the sample sends meanwhile is not among them. */
  const send = async (series: CtSeries) => {
    await sendSeries(hospitalOf(province, 'H002'), series);
    await untilComplete(province, 'dr.chen', series);
    const packs = await inRegistry((registry) =>
      registry.query<{ digest: string }>('SELECT digest FROM packs WHERE study_uid = $1', [series.studyInstanceUid]),
    );
    return packs.map(({ digest }) => digest);
  };

  it('has its studies found, and opened byte for byte, without having sent them before', async () => {
    const series = ctSeries(40);
    const packs = await send(series);
    expect(packs.length).toBeGreaterThan(0);
    expect((await stored()).filter((digest) => packs.includes(digest))).toEqual([]);
    expect(await returnedHashes(province, 'dr.chen', series)).toEqual(sentHashes(series));
    await eventually('it has come', () => isStored(packs));
    expect((await kept()).filter((digest) => packs.includes(digest)).sort()).toEqual(packs.sort());
  }, 120_000);

  it('keeps for the province what nobody there has read for long, and brings it again', async () => {
    const series = ctSeries(5);
    const packs = await send(series);
    expect(await returnedHashes(province, 'dr.chen', series)).toEqual(sentHashes(series));
    await eventually('it has come', () => isStored(packs));
    const isLetGo = async () => {
      // Again: the reading above is noted some seconds later.
      await readTwoDaysAgo(packs);
      return (await stored()).every((digest) => !packs.includes(digest));
    };
    await eventually('it is let go', isLetGo, 60_000);
    expect((await kept()).filter((digest) => packs.includes(digest)).sort()).toEqual(packs.sort());
    expect(await returnedHashes(province, 'dr.chen', series)).toEqual(sentHashes(series));
    await eventually('it has come again', () => isStored(packs));
  }, 120_000);

  it('is listed by show-storage with what it keeps, beside what is stored', async () => {
    const isOf = (tier: string) => (each: Tier) => each.tier === tier;
    const shown = async () => {
      const run = LauncherProcess.run(['show-storage', '--json'], province.environment);
      expect(await run.ended).toBe(0);
      const { tiers, recompression } = JSON.parse(run.output);
      const cts = tiers.filter((tier: Tier) => tier.hospital === 'H002' && tier.modality === 'CT');
      return { recompression, atHome: cts.find(isOf('hospital')), atProvince: cts.find(isOf('hot')) };
    };
    // Whether the sample's are at home depends on when they came.
    const before = (await shown()).atHome?.packs ?? 0;
    await send(ctSeries(3));
    const { atHome, atProvince, recompression } = await shown();
    expect(atHome).toMatchObject({ packs: before + 1, storedBytes: 0, saving: null });
    expect(atProvince).toMatchObject({ saving: null });
    expect(recompression).toEqual({ packs: 0, bytes: 0, storedBytes: 0, saving: null });
  }, 120_000);

  it('is said to be out of reach while its gateway is killed, and is opened when that is back', async () => {
    const series = ctSeries(5);
    await send(series);
    await province.kill('gateway-H002');
    const hashes = await eventually('it is opened', () => returnedHashes(province, 'dr.chen', series), 60_000);
    expect(hashes).toEqual(sentHashes(series));
  }, 120_000);

  it('brings what it kept when it uploads again', async () => {
    const packs = await send(ctSeries(5));
    await change('upload');
    await eventually('nothing is kept', async () => (await kept()).length === 0, 60_000);
    expect((await stored()).filter((digest) => packs.includes(digest)).sort()).toEqual(packs.sort());
  }, 120_000);
});
