import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, RunningServer } from '@yinglian/servers';

/** Built by deploy/ci/install-peers.sh; `machineHas('s3')` says whether it is there. */
const versitygw = fileURLToPath(new URL('../../../.cache/peers/bin/versitygw', import.meta.url));

const CREDENTIALS = { accessKeyId: 'yinglian-test', secretAccessKey: 'not-a-secret-of-anybody' };
const BUCKET = 'objects';
const REGION = 'us-east-1';

/** A real S3 server of one test file (versitygw, on a folder), with one empty bucket. */
export class TestS3 {
  readonly bucket = BUCKET;
  readonly region = REGION;
  readonly credentials = CREDENTIALS;

  private constructor(
    readonly server: RunningServer,
    readonly port: number,
    /** Where its objects lie, as files. */
    readonly folder: string,
  ) {}

  static async start(): Promise<TestS3> {
    const folder = await mkdtemp(join(tmpdir(), 'yinglian-s3-'));
    // Folders of the root are its buckets.
    for (const part of ['root', join('root', BUCKET), 'attributes']) await mkdir(join(folder, part));
    const port = await freePort();
    const server = await RunningServer.start({
      name: 'versitygw',
      executable: versitygw,
      args: ['--port', `127.0.0.1:${port}`, 'posix', '--sidecar', join(folder, 'attributes'), join(folder, 'root')],
      environment: {
        ROOT_ACCESS_KEY: CREDENTIALS.accessKeyId,
        ROOT_SECRET_KEY: CREDENTIALS.secretAccessKey,
        VGW_REGION: REGION,
      },
      stopSignal: 'SIGTERM',
      ready: () => listening(port),
    });
    return new TestS3(server, port, folder);
  }

  get endpoint(): string {
    return endpointAt(this.port);
  }

  /** What a process reads from its environment to use it. */
  get environment() {
    return {
      OBJECTS_URL: `s3://${BUCKET}`,
      OBJECTS_S3_ENDPOINT: this.endpoint,
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    };
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

const endpointAt = (port: number) => `http://127.0.0.1:${port}`;

function listening(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });
}
