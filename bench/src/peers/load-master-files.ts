import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { WrittenFile } from '../people/master-files.js';

const MAIN = fileURLToPath(new URL('../../../services/patient-index/dist/load-patients.main.js', import.meta.url));

export interface LoadReport {
  readonly persons: number;
  readonly patients: number;
  readonly bytesPerPerson: number;
}

/** Fills an empty index as an administrator does, without asking who is likely the same. */
export async function loadMasterFiles(databaseUrl: string, files: readonly WrittenFile[]): Promise<LoadReport> {
  const args = files.map(({ hospital, path }) => `${hospital}=${path}`);
  const { stdout } = await promisify(execFile)(process.execPath, [MAIN, '--without-asking', ...args], {
    env: { ...process.env, DATABASE_URL: databaseUrl },
    maxBuffer: 16_777_216,
  });
  const said = (what: string) => Number(new RegExp(`^${what} +(\\d+)$`, 'm').exec(stdout)?.[1]);
  return { persons: said('persons'), patients: said('patients'), bytesPerPerson: said('bytes per person') };
}
