import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ctSeries, fileOf, until } from '@yinglian/testing';
import type { KeptKind } from '../domain/kept-object.js';
import { HospitalGateway } from '../testing/hospital-gateway.js';
import { sha256 } from '../testing/pack-of.js';
import { Scrubbed } from '../testing/scrubbed.js';
import { keyOf } from './examine-object.js';

describe('a store with a replica', () => {
  let folder: string;
  let scrubbed: Scrubbed;
  let gateway: HospitalGateway;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-replica-'));
    scrubbed = await Scrubbed.onFiles(folder);
    gateway = new HospitalGateway(scrubbed.registry);
  });
  afterAll(async () => {
    await scrubbed.registry.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const primary = () => scrubbed.registry.environment.OBJECTS_FOLDER ?? '';
  const document = async () => {
    const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(20_000)]);
    await gateway.bringDocument(bytes);
    return { digest: sha256(bytes) };
  };
  const outline = () => gateway.keep(ctSeries(2).slices.map(fileOf));
  const kept = { document, outline };
  const isCopied = () => until(async () => (await scrubbed.queued()) === 0);

  describe.each<Exclude<KeptKind, 'pack'>>(['document', 'outline'])('copies a new %s', (kind) => {
    it.each([
      ['primary', 'is gone'],
      ['primary', 'has changed'],
      ['replica', 'is gone'],
      ['replica', 'has changed'],
    ] as const)('and heals it from there where that of the %s %s', async (place, harm) => {
      const { digest } = await kept[kind]();
      await isCopied();
      const key = keyOf(kind, digest);
      const bytes = await readFile(join(primary(), key));
      expect((await readFile(join(folder, key))).equals(bytes)).toBe(true);
      const path = join(place === 'primary' ? primary() : folder, key);
      if (harm === 'is gone') await rm(path);
      else await writeFile(path, bytes.subarray(0, 100));
      expect(await scrubbed.verify({ digest })).toEqual([true, true]);
      expect((await readFile(path)).equals(bytes)).toBe(true);
      const other = place === 'primary' ? 'replica' : 'primary';
      expect(await scrubbed.found({ digest })).toEqual([
        expect.stringMatching(new RegExp(`^${place} ${kind} \\S+ operator healed ${other}$`)),
      ]);
    });
  });

  it('finds by itself what nobody asks for, among packs', async () => {
    const all = [await outline(), await document(), await scrubbed.copied()];
    await isCopied();
    const [first, second] = all as [{ digest: string }, { digest: string }];
    await rm(join(primary(), keyOf('outline', first.digest)));
    await rm(join(folder, keyOf('document', second.digest)));
    await scrubbed.isDue();
    await until(async () => (await scrubbed.found(first)).join() === 'primary outline missing scrubber healed replica');
    await until(
      async () => (await scrubbed.found(second)).join() === 'replica document missing scrubber healed primary',
    );
    await scrubbed.atRest(2);
  });

  it('has no damage where the pack itself came instead of its outline', async () => {
    const pack = await outline();
    await isCopied();
    for (const store of [primary(), folder]) await rm(join(store, keyOf('outline', pack.digest)));
    expect(await scrubbed.verify(pack)).toEqual([false, false]);
    await gateway.bring(pack);
    await isCopied();
    expect(existsSync(join(folder, keyOf('pack', pack.digest)))).toBe(true);
    expect(await scrubbed.verify(pack)).toEqual([true, true]);
    await scrubbed.registry.database.query(`UPDATE damaged_objects SET next_try_at = now() WHERE state <> 'healed'`);
    await until(async () => (await scrubbed.found(pack)).every((found) => found.endsWith('healed hospital')));
    expect(await scrubbed.found(pack)).toHaveLength(2);
  });
});
