import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '@yinglian/servers';
import type { Peer } from '../figure.js';

const AE_TITLE = 'ORTHANC';

export interface RunningOrthanc extends Peer {
  readonly pid: number;
  stop(): Promise<void>;
}

/**
 * Orthanc from the distribution: SQLite index, its DICOMweb plugin, nothing else loaded. At its best it runs with TCP_NODELAY,
 * which DCMTK below it reads from the environment; as it comes, it waits for delayed ACKs.
 */
export async function startOrthanc({ atItsBest }: { atItsBest: boolean }): Promise<RunningOrthanc> {
  const folder = await mkdtemp(join(tmpdir(), 'yinglian-orthanc-'));
  const [dicomPort, httpPort] = await freePorts(2);
  if (dicomPort === undefined || httpPort === undefined) throw new Error('No port is free');
  const configuration = join(folder, 'orthanc.json');
  await writeFile(
    configuration,
    JSON.stringify({
      StorageDirectory: join(folder, 'storage'),
      IndexDirectory: join(folder, 'storage'),
      DicomAet: AE_TITLE,
      DicomPort: dicomPort,
      HttpPort: httpPort,
      HttpThreadsCount: 50,
      DicomAlwaysAllowStore: true,
      RemoteAccessAllowed: true,
      AuthenticationEnabled: false,
      StableAge: 60,
      Plugins: ['/usr/share/orthanc/plugins/libOrthancDicomWeb.so'],
      DicomWeb: { Enable: true, Root: '/dicom-web/', StudiesMetadata: 'Full', SeriesMetadata: 'Full' },
    }),
  );
  const child = spawn('Orthanc', [configuration], {
    stdio: 'ignore',
    env: { ...process.env, ...(atItsBest ? { TCP_NODELAY: '1' } : {}) },
  });
  child.on('error', () => {});
  const dicomWebUrl = `http://127.0.0.1:${httpPort}/dicom-web`;
  try {
    await untilServing(child, `${dicomWebUrl}/studies?limit=1`);
  } catch (error) {
    child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return {
    name: atItsBest ? 'orthanc-sqlite' : 'orthanc-stock',
    dicom: { host: '127.0.0.1', port: dicomPort, calledAeTitle: AE_TITLE },
    dicomWebUrl,
    pid: child.pid ?? 0,
    async stop() {
      await new Promise((ended) => {
        child.once('exit', ended);
        child.kill('SIGTERM');
      });
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function untilServing(child: ChildProcess, url: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error('Orthanc ended while starting');
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((wait) => setTimeout(wait, 100));
  }
  throw new Error('Orthanc does not answer: apt-get install orthanc orthanc-dicomweb');
}
