import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readEndpoints } from '../endpoints/endpoints.js';
import { scriptOf } from '../province/places.js';
import { serviceDatabase } from '../province/service-database.js';
import type { Settings } from '../settings.js';

const REGISTRY = 'study-registry';

/** Prints what the registry of the province that runs stores, and what recompression saves of it. */
export async function showStorage({ YINGLIAN_HOME: folder }: Settings, args: readonly string[]): Promise<void> {
  // Says so when nothing runs there.
  readEndpoints(folder);
  const child = spawn(process.execPath, [scriptOf(REGISTRY, 'show-storage.main.js'), ...args], {
    stdio: 'inherit',
    env: { ...process.env, DATABASE_URL: serviceDatabase(folder, REGISTRY) },
  });
  const [code] = await once(child, 'exit');
  process.exitCode = code ?? 1;
}
