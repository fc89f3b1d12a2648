import type { ChildProcess } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@yinglian/servers';
import { spawnBuilt, untilServed } from '@yinglian/testing';
import type { RegistryService } from './registry-service.js';

type Person = Parameters<RegistryService['issuer']['personToken']>[0];

/** The built consent-audit as a process of its own, on the registry's event log: what clinicians and patients say comes from there. */
export class ConsentAuditProcess {
  private constructor(
    private readonly registry: RegistryService,
    private readonly address: string,
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {}

  static async start(registry: RegistryService): Promise<ConsentAuditProcess> {
    const port = await freePort();
    const folder = await mkdtemp(join(tmpdir(), 'yinglian-consent-audit-'));
    const keyFile = join(folder, 'audit-log.pem');
    await writeFile(keyFile, generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }));
    const child = spawnBuilt(new URL('../../../consent-audit/src/main.ts', import.meta.url), {
      PORT: String(port),
      LOG_LEVEL: 'error',
      DATABASE_URL: await registry.postgres.createDatabase('consent_audit'),
      EVENT_LOG_URL: (registry.environment.EVENT_LOG_URL ?? '').replace('//study-registry:', '//consent-audit:'),
      AUDIT_LOG_KEY_FILE: keyFile,
      HOUSEHOLD_KEY_FILE: keyFile,
      ...registry.issuer.environment,
    });
    const address = `http://127.0.0.1:${port}`;
    await untilServed(child, `${address}/readyz`, 60_000);
    return new ConsentAuditProcess(registry, address, child, folder);
  }

  async ask(person: Person, method: string, path: string, body?: object) {
    const response = await fetch(`${this.address}/api/consent-audit/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await this.registry.issuer.personToken(person)}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: answers are compared in the specs
    return { status: response.status, body: (await response.json()) as any };
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
    await rm(this.folder, { recursive: true });
  }
}
