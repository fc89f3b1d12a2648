import { SingleBar } from 'cli-progress';
import { readEndpoints } from '../endpoints/endpoints.js';
import { Obstacle } from '../obstacle.js';
import { HOST } from '../province/addresses.js';
import type { Settings } from '../settings.js';
import { type FileToSend, findFiles } from './file-to-send.js';
import { isStored, type StoreOutcome, storeInstances } from './store-instances.scu.js';

const CALLING_AE_TITLE = 'ANY-SCU';
const NAMED_FAILURES = 10;

/** Sends a folder to a hospital's gateway. Throws when anything was not stored. */
export async function send(settings: Settings, code: string, folder: string): Promise<void> {
  const { hospitals } = readEndpoints(settings.YINGLIAN_HOME);
  const hospital = hospitals.find((candidate) => candidate.code === code);
  if (hospital === undefined) {
    throw new Obstacle(`There is no hospital ${code}; there are ${hospitals.map((one) => one.code).join(', ')}.`);
  }
  const { files, others } = await findFiles(folder);
  if (files.length === 0) throw new Obstacle(`There is no DICOM file in ${folder}.`);
  const failures: string[] = [];
  const bar = new SingleBar({
    format: `${code} {bar} {value}/{total} · {eta_formatted} left`,
    hideCursor: true,
    noTTYOutput: true,
    notTTYSchedule: 5_000,
  });
  const startedAt = performance.now();
  bar.start(files.length, 0);
  const target = {
    host: HOST,
    port: hospital.dicomPort,
    callingAeTitle: CALLING_AE_TITLE,
    calledAeTitle: hospital.aeTitle,
  };
  await storeInstances(target, files, (file, outcome) => {
    if (!isStored(outcome)) failures.push(`${file.path}: ${meaningOf(outcome)}`);
    bar.increment();
  });
  bar.stop();
  report(files, failures, others, performance.now() - startedAt);
}

function report(files: readonly FileToSend[], failures: readonly string[], others: number, ms: number): void {
  const ignored = others === 0 ? '' : `, ${others} other files ignored`;
  console.log(
    `${files.length - failures.length} stored, ${failures.length} not stored${ignored}, ${(ms / 1000).toFixed(1)} s`,
  );
  if (failures.length === 0) return;
  const more = failures.length > NAMED_FAILURES ? `\n… and ${failures.length - NAMED_FAILURES} more` : '';
  throw new Obstacle(failures.slice(0, NAMED_FAILURES).join('\n') + more);
}

const meaningOf = (outcome: StoreOutcome) =>
  'problem' in outcome ? outcome.problem : `refused with status 0x${outcome.status.toString(16).padStart(4, '0')}`;
