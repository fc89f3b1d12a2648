import { accessMigrations } from '@yinglian/access';
import { messagingMigrations } from '@yinglian/messaging';
import { objectStoreOf } from '@yinglian/objects';
import { databaseShape, migrate } from '@yinglian/persistence';
import { z } from 'zod';
import { runRebuild } from './rebuild-index/run-rebuild.js';
import { packStore } from './recompress-packs/pack-store.js';
import { objectStoreSettings, objectStoreShape } from './study-registry.config.js';
import { studyRegistryMigrations } from './study-registry.module.js';

/** COMPARE_DATABASE_URL is a database as it was before. */
const Environment = z.object({
  ...objectStoreShape,
  DATABASE_URL: databaseShape.DATABASE_URL,
  COMPARE_DATABASE_URL: z.string().min(1).optional(),
});

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => stop.abort(new Error('Stopped. The same command goes on from here.')));

try {
  const environment = Environment.parse(process.env);
  const { DATABASE_URL: databaseUrl, COMPARE_DATABASE_URL: compareUrl } = environment;
  for (const set of [studyRegistryMigrations, messagingMigrations, accessMigrations]) await migrate(databaseUrl, set);
  // A service that runs beside has begun it.
  const objects = packStore(await objectStoreOf(objectStoreSettings(environment)));
  const write = { line: (line: string) => console.log(line), progress: (line: string) => console.error(line) };
  try {
    if (!(await runRebuild(objects, { databaseUrl, compareUrl }, write, stop.signal))) process.exitCode = 1;
  } finally {
    await objects.close();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
