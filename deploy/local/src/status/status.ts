import { type HospitalEndpoint, readEndpoints } from '../endpoints/endpoints.js';
import type { Settings } from '../settings.js';

const TIMEOUT_MS = 3_000;
const MIB = 1024 * 1024;

/** Prints the processes and, for each hospital, whether its gateway serves and what waits in it for upload. */
export async function showStatus(settings: Settings): Promise<void> {
  const { edge, processes, hospitals } = readEndpoints(settings.YINGLIAN_HOME);
  console.log(`portal ${edge}\n`);
  for (const { name, pid } of processes) console.log(`  ${name.padEnd(20)} process ${pid}`);
  console.log('');
  for (const hospital of hospitals) console.log(`  ${hospital.code}  ${hospital.name}  ${await stateOf(hospital)}`);
}

async function stateOf({ gateway, dicomPort }: HospitalEndpoint): Promise<string> {
  const ready = await ask(`${gateway}/readyz`);
  if (ready === undefined) return `gateway does not answer (DICOM ${dicomPort})`;
  const metrics = await (await ask(`${gateway}/metrics`))?.text();
  return `gateway serves (DICOM ${dicomPort}), ${waitingIn(metrics ?? '')}`;
}

/** What the spool holds that the registry has not committed yet, by the gateway's own gauge. */
function waitingIn(metrics: string): string {
  const bytes = Number(/^gateway_spool_bytes\S* (\S+)/m.exec(metrics)?.[1]);
  if (Number.isNaN(bytes)) return 'its spool is unknown';
  return bytes === 0 ? 'nothing waits for upload' : `${Math.ceil(bytes / MIB)} MiB wait for upload`;
}

async function ask(url: string): Promise<Response | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return response.ok ? response : undefined;
  } catch {
    return undefined;
  }
}
