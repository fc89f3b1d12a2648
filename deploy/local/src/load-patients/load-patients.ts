import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readEndpoints } from '../endpoints/endpoints.js';
import { scriptOf } from '../province/places.js';
import { serviceDatabase } from '../province/service-database.js';
import type { Settings } from '../settings.js';

/** Loads master files of hospitals into the patient index of the province that runs. */
export async function loadPatients({ YINGLIAN_HOME: folder }: Settings, args: readonly string[]): Promise<void> {
  // Says so when nothing runs there.
  readEndpoints(folder);
  const child = spawn(process.execPath, [scriptOf('patient-index', 'load-patients.main.js'), ...args], {
    stdio: 'inherit',
    env: { ...process.env, DATABASE_URL: serviceDatabase(folder, 'patient-index') },
  });
  const [code] = await once(child, 'exit');
  process.exitCode = code ?? 1;
}
