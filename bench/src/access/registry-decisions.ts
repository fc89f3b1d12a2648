import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccessDecisionPoint } from '@yinglian/access';
import { connectEvents, prepareEventLog } from '@yinglian/messaging';
import { Database } from '@yinglian/persistence';
import { createService } from '@yinglian/platform';
import { TestIssuer } from '@yinglian/platform/testing';
import { TestPostgres } from '@yinglian/testing';
import { urlFor } from '../peers/lone-service.js';

export interface RegistryDecisions {
  readonly point: AccessDecisionPoint;
  /** The registry's own connections. */
  readonly database: Database;
}

const built = (file: string) => new URL(`../../../services/study-registry/dist/${file}`, import.meta.url).href;

/** The study registry's decision point in this process, as it was built, on a database of its own. @param settings of PostgreSQL */
export async function withRegistryDecisions<T>(
  settings: readonly string[],
  use: (decisions: RegistryDecisions) => Promise<T>,
): Promise<T> {
  const [postgres, issuer, objects] = await Promise.all([
    TestPostgres.start(settings),
    TestIssuer.start(),
    mkdtemp(join(tmpdir(), 'yinglian-objects-')),
  ]);
  try {
    const log = await postgres.createDatabase('event_log');
    const role = { name: 'study-registry', password: 'x', writes: ['studies', 'audit'], reads: true };
    await prepareEventLog(log, { roles: [role] });
    const { studyRegistryConfig } = await import(built('study-registry.config.js'));
    const { StudyRegistryModule } = await import(built('study-registry.module.js'));
    const config = studyRegistryConfig.load({
      PORT: '0',
      LOG_LEVEL: 'error',
      DATABASE_URL: await postgres.createDatabase('study_registry'),
      EVENT_LOG_URL: urlFor(log, role.name),
      OBJECTS_FOLDER: objects,
      ...issuer.environment,
    });
    const module = StudyRegistryModule.with(config);
    const service = await createService({ name: role.name, config, module, prepare: connectEvents });
    try {
      return await use({
        point: service.app.get(AccessDecisionPoint, { strict: false }),
        database: service.app.get(Database, { strict: false }),
      });
    } finally {
      await service.stop();
    }
  } finally {
    await Promise.all([postgres.stop(), issuer.stop()]);
    await rm(objects, { recursive: true, force: true });
  }
}
