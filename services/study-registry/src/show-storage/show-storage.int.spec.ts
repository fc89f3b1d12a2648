import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ctSeries, fileOf, spawnBuilt, until } from '@yinglian/testing';
import { HospitalGateway } from '../testing/hospital-gateway.js';
import type { TestPack } from '../testing/pack-of.js';
import { Recompressed } from '../testing/recompressed.js';
import { RegistryProcess } from '../testing/registry-process.js';
import { RegistrySurroundings } from '../testing/registry-surroundings.js';
import { testStudy } from '../testing/test-study.js';

const program = new URL('../show-storage.main.ts', import.meta.url);

describe('what is stored', () => {
  let recompressed: Recompressed;
  let packs: Record<'cold' | 'hot' | 'other' | 'away', TestPack>;
  beforeAll(async () => {
    recompressed = await Recompressed.start();
    const { registry } = recompressed;
    const slices = (count: number) => ctSeries(count).slices.map(fileOf);
    packs = {
      cold: await registry.store('H001', slices(4)),
      hot: await registry.store('H001', testStudy({ modality: 'MR' }).files),
      other: await registry.store('H003', slices(2)),
      away: await new HospitalGateway(registry, 'H002').keep(slices(2)),
    };
    await recompressed.twoDaysLater();
  });
  afterAll(() => recompressed.registry.stop());

  const run = async (url: string, ...args: string[]) => {
    const child = spawnBuilt(program, { DATABASE_URL: url }, 'pipe', args);
    if (child.stdout === null || child.stderr === null) throw new Error('Its output is read');
    const [said, wrong, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
    return { said, wrong, code };
  };
  const databaseUrl = () => recompressed.registry.environment.DATABASE_URL ?? '';
  const compactSize = async ({ digest }: TestPack) => {
    const [row] = await recompressed.registry.database.query<{ bytes: number }>(
      'SELECT stored_bytes::int AS bytes FROM compact_packs WHERE digest = $1',
      [digest],
    );
    return row?.bytes ?? 0;
  };

  it('is printed in bytes by hospital, modality and tier, with what recompression saves', async () => {
    const { said, code } = await run(databaseUrl(), '--json');
    const sizes = { cold: await compactSize(packs.cold), other: await compactSize(packs.other) };
    const row = (hospital: string, modality: string, tier: string, bytes: number, storedBytes: number) => ({
      hospital,
      modality,
      tier,
      packs: 1,
      bytes,
      storedBytes,
      saving: tier === 'cold' ? 1 - storedBytes / bytes : null,
    });
    const [cold, other] = [packs.cold.bytes.length, packs.other.bytes.length];
    expect(code).toBe(0);
    expect(JSON.parse(said)).toEqual({
      tiers: [
        row('H001', 'CT', 'cold', cold, sizes.cold),
        row('H001', 'MR', 'hot', packs.hot.bytes.length, packs.hot.bytes.length),
        row('H002', 'CT', 'hospital', packs.away.bytes.length, 0),
        row('H003', 'CT', 'cold', other, sizes.other),
      ],
      recompression: {
        packs: 2,
        bytes: cold + other,
        storedBytes: sizes.cold + sizes.other,
        saving: 1 - (sizes.cold + sizes.other) / (cold + other),
      },
    });
    const onDisk = packs.hot.bytes.length + sizes.cold + sizes.other;
    expect(await recompressed.storedBytes()).toBe(onDisk);
  });

  it('is printed as a table', async () => {
    const { said, code } = await run(databaseUrl());
    const [head, ...lines] = said.trimEnd().split('\n');
    expect([code, head?.split(/ {2,}/)]).toEqual([
      0,
      ['hospital', 'modality', 'tier', 'packs', 'as they came', 'stored', 'saved'],
    ]);
    expect(lines.map((line) => line.trim().split(/ {2,}/).slice(0, 4))).toEqual([
      ['H001', 'CT', 'cold', '1'],
      ['H001', 'MR', 'hot', '1'],
      ['H002', 'CT', 'hospital', '1'],
      ['H003', 'CT', 'cold', '1'],
      ['all', 'cold', '2', expect.stringMatching(/^0\.\d{3} GiB$/)],
    ]);
    const saved = (1 - (await compactSize(packs.cold)) / packs.cold.bytes.length) * 100;
    expect(lines[0]).toMatch(new RegExp(` ${saved.toFixed(1)} %$`));
    expect(new Set(lines.map((line) => line.length))).toEqual(new Set([head?.length]));
  });

  it('is not printed of a database that is none', async () => {
    const { said, wrong, code } = await run(await recompressed.registry.postgres.createDatabase('empty'));
    expect([said, code, wrong]).toEqual(['', 1, expect.stringContaining('packs')]);
  });
});

it('is told in the log when a round of recompression has ended', async () => {
  const surroundings = await RegistrySurroundings.start(undefined, { LOG_LEVEL: 'info' });
  const running = await RegistryProcess.start(surroundings, { RECOMPRESS_AFTER_DAYS: '1' });
  const { bytes } = await running.store('H001', ctSeries(4).slices.map(fileOf));
  await running.store('H001', testStudy().files);
  const database = surroundings.postgres.connect(surroundings.environment.DATABASE_URL ?? '');
  await database.query("UPDATE packs SET committed_at = committed_at - interval '2 days'");
  await until(() => running.output.includes('Recompression'));
  const [row] = await database.query<{ stored: number }>('SELECT stored_bytes::int AS stored FROM compact_packs');
  const saved = ((1 - (row?.stored ?? 0) / bytes.length) * 100).toFixed(1);
  const [, told] = /"msg":"(Recompression[^"]*)"/.exec(running.output) ?? [];
  expect(told?.replaceAll(/\d\.\d{3}/g, 'n')).toBe(
    `Recompression: stored compact 1 (n GiB in n GiB, ${saved} % saved), left as they are 1`,
  );
  await running.kill();
  await surroundings.stop();
});
