import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { PACK_MEDIA_TYPE } from '@yinglian/dicom';
import type { TestIssuer } from '@yinglian/platform/testing';
import { freePort } from '@yinglian/servers';
import { spawnBuilt, untilServed } from '@yinglian/testing';
import { type Answer, askRegistry } from './ask-registry.js';
import { packOf, type TestPack } from './pack-of.js';
import type { RegistrySurroundings } from './registry-surroundings.js';

const STARTED_WITHIN_MS = 60_000;

/** The service as a process of its own, which a spec may kill, and whose output it may read. */
export class RegistryProcess {
  output = '';

  private constructor(
    readonly issuer: TestIssuer,
    readonly address: string,
    private readonly child: ChildProcess,
  ) {
    const keep = (text: Buffer) => {
      this.output += text.toString('utf8');
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
  }

  /**
   * Resolves when it serves.
   * @param settings further ones of this process
   * @param program another one than the service itself
   */
  static async start(
    { environment, issuer }: RegistrySurroundings,
    settings: Readonly<Record<string, string>> = {},
    program = new URL('../main.ts', import.meta.url),
  ): Promise<RegistryProcess> {
    const port = await freePort();
    const child = spawnBuilt(program, { ...environment, ...settings, PORT: String(port) }, 'pipe');
    const started = new RegistryProcess(issuer, `http://127.0.0.1:${port}`, child);
    await untilServed(child, `${started.address}/readyz`, STARTED_WITHIN_MS).catch((cause) => {
      throw new Error(`The registry did not start: ${started.output}`, { cause });
    });
    return started;
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (this.hasEnded) return;
    const ended = once(this.child, 'exit');
    this.child.kill(signal);
    await ended;
  }

  ask(method: string, path: string, init: Pick<RequestInit, 'headers'> & { body?: Buffer }): Promise<Answer> {
    return askRegistry(this.address, method, path, init);
  }

  async get(path: string, accept: string): Promise<Answer> {
    const token = await this.issuer.personToken({ subject: 'dr.x', roles: ['clinician'], hospital: 'H001' });
    return this.ask('GET', path, { headers: { authorization: `Bearer ${token}`, accept } });
  }

  /** Stores files of one series, and fails when they are refused. */
  async store(hospital: string, files: readonly Buffer[]): Promise<TestPack> {
    const pack = packOf(hospital, files);
    const clientId = `gateway-${hospital}`;
    const token = await this.issuer.serviceToken({ clientId, scopes: ['packs:write'], hospital });
    const headers = { authorization: `Bearer ${token}`, 'content-type': PACK_MEDIA_TYPE };
    const { status, body } = await this.ask('PUT', `/api/study-registry/packs/${pack.digest}`, {
      headers,
      body: pack.bytes,
    });
    if (status !== 201 && status !== 200) throw new Error(`The pack was answered ${status}: ${body.toString()}`);
    return pack;
  }
}
