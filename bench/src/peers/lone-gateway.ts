import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePorts } from '@yinglian/servers';
import type { DicomAddress } from '../figure.js';

const MAIN = fileURLToPath(new URL('../../../services/gateway/dist/main.js', import.meta.url));
const AE_TITLE = 'H001GW';
/** Nobody listens there. */
const NOWHERE = 'http://127.0.0.1:9';

export interface LoneGateway {
  readonly dicom: DicomAddress;
  readonly hl7Port: number;
  stop(): Promise<void>;
}

/** A gateway as the launcher starts it, whose province went away after it had configured it: nothing leaves its spool. */
export async function startLoneGateway(): Promise<LoneGateway> {
  const folder = await mkdtemp(join(tmpdir(), 'yinglian-lone-gateway-'));
  const [port, dicomPort, hl7Port] = await freePorts(3);
  if (port === undefined || dicomPort === undefined || hl7Port === undefined) throw new Error('No port is free');
  const configuration = { hospital: 'H001', name: '', aeTitle: AE_TITLE, callingAeTitles: ['STORESCU'], version: '1' };
  await writeFile(join(folder, 'configuration.json'), JSON.stringify({ etag: null, configuration }));
  const options = ['--external-memory-accounted-in-global-limit', '--max-semi-space-size=8'];
  const child = spawn(process.execPath, [...options, '--heap-growing-percent=50', MAIN], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: {
      ...process.env,
      PORT: String(port),
      DICOM_PORT: String(dicomPort),
      HL7_PORT: String(hl7Port),
      HOSPITAL: 'H001',
      SPOOL_FOLDER: folder,
      PROVINCE_URL: NOWHERE,
      OIDC_ISSUER: NOWHERE,
      OIDC_JWKS_URL: NOWHERE,
      OIDC_TOKEN_URL: NOWHERE,
      OIDC_CLIENT_ID: 'gateway-H001',
      OIDC_CLIENT_SECRET: 'invented',
      EVENTS: 'postgres',
      EVENT_LOG_URL: 'postgres://nobody@127.0.0.1:9/nothing',
    },
  });
  await untilReady(child);
  return {
    dicom: { host: '127.0.0.1', port: dicomPort, calledAeTitle: AE_TITLE },
    hl7Port,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}

async function untilReady(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('The gateway ended while starting')));
  await Promise.race([once(child, 'message'), ended]);
}
