import { AccessDecisionPoint } from '@yinglian/access';
import { connectEvents } from '@yinglian/messaging';
import { Database } from '@yinglian/persistence';
import { createService } from '@yinglian/platform';
import { withRegistryGround } from '../peers/lone-study-registry.js';

export interface RegistryDecisions {
  readonly point: AccessDecisionPoint;
  /** The registry's own connections. */
  readonly database: Database;
}

const built = (file: string) => new URL(`../../../services/study-registry/dist/${file}`, import.meta.url).href;

/** The study registry's decision point in this process, as it was built, on a database of its own. @param settings of PostgreSQL */
export const withRegistryDecisions = <T>(
  settings: readonly string[],
  use: (decisions: RegistryDecisions) => Promise<T>,
): Promise<T> =>
  withRegistryGround(settings, async ({ settings: own }) => {
    const { studyRegistryConfig } = await import(built('study-registry.config.js'));
    const { StudyRegistryModule } = await import(built('study-registry.module.js'));
    const config = studyRegistryConfig.load({ PORT: '0', LOG_LEVEL: 'error', ...own });
    const module = StudyRegistryModule.with(config);
    const service = await createService({ name: 'study-registry', config, module, prepare: connectEvents });
    try {
      return await use({
        point: service.app.get(AccessDecisionPoint, { strict: false }),
        database: service.app.get(Database, { strict: false }),
      });
    } finally {
      await service.stop();
    }
  });
