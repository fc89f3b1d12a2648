import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectEvents } from '@yinglian/messaging';
import { createService } from '@yinglian/platform';
import { until } from '@yinglian/testing';
import { studyRegistryConfig } from '../study-registry.config.js';
import { STREAMED_MEDIA_TYPES, StudyRegistryModule } from '../study-registry.module.js';
import { Scrubbed } from '../testing/scrubbed.js';

describe('a store that is scrubbed', () => {
  let folder: string;
  let scrubbed: Scrubbed;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-replica-'));
    scrubbed = await Scrubbed.onFiles(folder);
  });
  afterAll(async () => {
    await scrubbed.registry.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('does not take a disk that is not mounted for damage, unless an administrator says that it is the one', async () => {
    const pack = await scrubbed.copied();
    await rename(join(folder, 'packs'), join(folder, 'packs-elsewhere'));
    await rename(join(folder, 'scrub'), join(folder, 'scrub-elsewhere'));
    const refused = await scrubbed.ask('POST', `/packs/${pack.digest}`);
    expect([refused.status, refused.json.code]).toEqual([409, 'SCRUB_STORE_NOT_KNOWN']);
    await scrubbed.isDue();
    const replica = async () => (await scrubbed.ask('GET', '')).json.places[1];
    await until(async () => (await replica()).trouble === 'STORE_NOT_KNOWN');
    expect(await scrubbed.found(pack)).toEqual([]);
    expect((await scrubbed.ask('POST', '/places/replica/accept')).status).toBe(204);
    expect(await scrubbed.verify(pack)).toEqual([true, true]);
    expect(await scrubbed.found(pack)).toEqual([
      'replica pack missing operator healed primary',
      'replica commit missing operator healed primary',
    ]);
  });

  it('is scrubbed by one of two processes, and by the other when that one ends', async () => {
    const config = studyRegistryConfig.load(scrubbed.registry.environment);
    const holders = async () => {
      const rows = await scrubbed.registry.database.query<{ pid: number }>(
        "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND ((classid::bigint << 32) | objid::bigint) = 7201954029",
      );
      return rows.map(({ pid }) => pid);
    };
    const second = await createService({
      name: 'study-registry',
      config,
      module: StudyRegistryModule.with(config),
      streamedMediaTypes: STREAMED_MEDIA_TYPES,
      prepare: connectEvents,
    });
    try {
      const [first] = await holders();
      expect(await holders()).toEqual([first]);
      await scrubbed.registry.database.query('SELECT pg_terminate_backend($1)', [first]);
      await until(async () => (await holders()).length === 1 && (await holders())[0] !== first);
      const pack = await scrubbed.copied();
      await scrubbed.primary.truncate(pack.digest);
      await scrubbed.answers(pack);
      await until(async () => (await scrubbed.answers(pack)) === 200);
    } finally {
      await second.stop();
    }
  });

  it('shows what it did, to administrators', async () => {
    expect((await scrubbed.ask('GET', '', 'clinician')).status).toBe(403);
    const pack = await scrubbed.copied();
    await scrubbed.isDue();
    const shown = async () => (await scrubbed.ask('GET', '')).json;
    await until(async () => (await shown()).places.every((of: { verifiedShare: number }) => of.verifiedShare === 1));
    const state = await shown();
    expect(state).toEqual({
      periodDays: 30,
      bytesPerSecond: 100_000_000,
      storedBytes: expect.any(Number),
      places: ['primary', 'replica'].map((place) => ({
        place,
        address: expect.any(String),
        trouble: null,
        troubleSince: null,
        verifiedShare: 1,
        everVerifiedShare: 1,
        oldestVerification: expect.any(String),
      })),
      damaged: 0,
      unhealable: 0,
      healed: expect.any(Number),
      backlog: { packs: 0, oldest: null },
      days: ['primary', 'replica'].map((place) => ({
        day: new Date().toISOString().slice(0, 10),
        place,
        packs: expect.any(Number),
        bytes: expect.any(Number),
        damaged: expect.any(Number),
        healed: expect.any(Number),
      })),
    });
    const page = (await scrubbed.ask('GET', '/damages?state=healed&limit=2')).json;
    const rest = (await scrubbed.ask('GET', `/damages?state=healed&limit=200&before=${page.next}`)).json;
    expect([page.damages.length, rest.next, page.damages.length + rest.damages.length]).toEqual([
      2,
      null,
      state.healed,
    ]);
    const of = (await scrubbed.ask('GET', `/packs/${pack.digest}`)).json;
    expect(of.places.map(({ verifiedSince }: { verifiedSince: string }) => typeof verifiedSince)).toEqual([
      'string',
      'string',
    ]);
    expect((await scrubbed.ask('POST', `/packs/${'0'.repeat(64)}`)).json.code).toBe('PACK_NOT_FOUND');
  });
});
