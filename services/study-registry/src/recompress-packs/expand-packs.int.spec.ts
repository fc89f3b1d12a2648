import { readFile, truncate } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createService, type RunningService } from '@yinglian/platform';
import { ctSeries, fileOf, until } from '@yinglian/testing';
import { studyRegistryConfig } from '../study-registry.config.js';
import { StudyRegistryModule } from '../study-registry.module.js';
import type { TestPack } from '../testing/pack-of.js';
import { Recompressed } from '../testing/recompressed.js';

let recompressed: Recompressed;
let after: RunningService | undefined;
const packs: TestPack[] = [];
beforeAll(async () => {
  recompressed = await Recompressed.start();
  for (let n = 0; n < 4; n += 1) packs.push(await recompressed.registry.store('H001', ctSeries(2).slices.map(fileOf)));
  await recompressed.twoDaysLater();
});
afterAll(async () => {
  await after?.stop();
  await recompressed.registry.stop();
});

it('packs that are compact are stored as they came again by a registry that is told so, but for one that is damaged', async () => {
  const { registry, primary, compact } = recompressed;
  const forms = () => packs.map(({ digest }) => recompressed.formsOf(digest));
  expect(forms()).toEqual(packs.map(() => 'compact'));
  const [sound, , , damaged] = packs;
  await truncate(compact.pathOf(damaged?.digest ?? ''), 5_000);
  // The one process that does it is another one from now on.
  const config = studyRegistryConfig.load({ ...registry.environment, RECOMPRESS_AFTER_DAYS: 'never' });
  await registry.service.stop();
  after = await createService({ name: 'study-registry', config, module: StudyRegistryModule.with(config) });
  await until(() => forms().join() === 'plain,plain,plain,compact');
  for (const { digest, bytes } of packs.slice(0, 3))
    expect((await readFile(primary.pathOf(digest))).equals(bytes)).toBe(true);
  const database = registry.postgres.connect(registry.environment.DATABASE_URL ?? '');
  await until(async () => (await database.query('SELECT 1 FROM damaged_objects')).length === 1);
  expect(await database.query('SELECT digest FROM compact_packs')).toEqual([{ digest: damaged?.digest }]);
  expect(
    await database.query('SELECT packs::int, size_bytes = $1 AS is_of_one FROM compact_totals', [
      damaged?.bytes.length,
    ]),
  ).toEqual([{ packs: 1, is_of_one: true }]);
  expect(await database.query('SELECT 1 FROM recompress_again WHERE digest = $1', [sound?.digest])).toHaveLength(1);
});
