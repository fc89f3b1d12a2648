import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Database } from '@yinglian/persistence';
import { postgresUrl } from '@yinglian/servers';
import { readEndpoints } from '../endpoints/endpoints.js';
import { Home } from '../home/home.js';
import { Secrets } from '../home/secrets.js';
import { databaseUrl, roleOf } from '../province/databases.js';
import { scriptOf } from '../province/places.js';
import { portOf } from '../province/services.js';
import type { Settings } from '../settings.js';

const REGISTRY = 'study-registry';
const CHECKED = `${roleOf(REGISTRY)}_check`;

/** Fills the registry's empty database from its objects, or a second one that is compared with the first and removed again. */
export async function rebuildIndex(
  { YINGLIAN_HOME: folder }: Settings,
  { check }: { readonly check: boolean },
): Promise<void> {
  // Says so when nothing runs there.
  readEndpoints(folder);
  const home = Home.open(folder, { sample: true });
  const secrets = new Secrets(folder);
  const port = portOf(home.internalPorts, 'postgresql');
  const own = databaseUrl({ port }, secrets, REGISTRY);
  const objects = { OBJECTS_FOLDER: home.folder('objects') };
  if (!check) return run({ ...objects, DATABASE_URL: own });
  const password = secrets.of('database/postgres');
  const admin = new Database({
    url: postgresUrl({ port, password, dataFolder: home.folder('postgresql') }),
    applicationName: 'rebuild-index',
    maxConnections: 1,
  });
  try {
    await admin.query(`DROP DATABASE IF EXISTS "${CHECKED}"`);
    await admin.query(`CREATE DATABASE "${CHECKED}" OWNER "${roleOf(REGISTRY)}"`);
    const rebuilt = databaseUrl({ port }, secrets, REGISTRY, CHECKED);
    await run({ ...objects, DATABASE_URL: rebuilt, COMPARE_DATABASE_URL: own });
  } finally {
    await admin.query(`DROP DATABASE IF EXISTS "${CHECKED}"`);
    await admin.close();
  }
}

async function run(environment: Readonly<Record<string, string>>): Promise<void> {
  const child = spawn(process.execPath, [scriptOf(REGISTRY, 'rebuild-index.main.js')], {
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  const [code] = await once(child, 'exit');
  process.exitCode = code ?? 1;
}
