import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareEventLog } from '@yinglian/messaging';
import { TestIssuer } from '@yinglian/platform/testing';
import { TestPostgres } from '@yinglian/testing';

/** A real PostgreSQL with a real event log, real tokens and a folder: what a registry needs, and what stays when its process is killed. */
export class RegistrySurroundings {
  private constructor(
    readonly postgres: TestPostgres,
    readonly issuer: TestIssuer,
    readonly environment: Record<string, string>,
    /** Address of the event log for a role of it: `study-registry`, `consent-audit` or `others`. */
    readonly eventLogOf: (role: string) => string,
  ) {}

  /** @param objects a folder for the objects, which is removed in the end; a new one when there is none */
  static async start(objects?: string, settings: Readonly<Record<string, string>> = {}): Promise<RegistrySurroundings> {
    const [postgres, issuer] = await Promise.all([TestPostgres.start(), TestIssuer.start()]);
    const log = await postgres.createDatabase('event_log');
    const hospitals = ['H001', 'H002', 'H003'].map((code) => `hospital.${code}`);
    await prepareEventLog(log, {
      roles: [
        { name: 'study-registry', password: 'x', writes: ['studies', 'audit'], reads: true },
        { name: 'consent-audit', password: 'x', writes: ['consents', 'audit'], reads: true },
        { name: 'others', password: 'x', writes: [...hospitals, 'persons', 'consents', 'directory'], reads: false },
      ],
    });
    const eventLogOf = (role: string) => log.replace(/postgres:\/\/.*@/, `postgres://${role}:x@`);
    const environment = {
      PORT: '0',
      LOG_LEVEL: 'error',
      DATABASE_URL: await postgres.createDatabase('study_registry'),
      EVENT_LOG_URL: eventLogOf('study-registry'),
      OBJECTS_FOLDER: objects ?? (await mkdtemp(join(tmpdir(), 'yinglian-objects-'))),
      ...issuer.environment,
      ...settings,
    };
    return new RegistrySurroundings(postgres, issuer, environment, eventLogOf);
  }

  async stop(): Promise<void> {
    await this.issuer.stop();
    await this.postgres.stop();
    await rm(this.environment.OBJECTS_FOLDER ?? '', { recursive: true, force: true });
  }
}
