import { writeJson } from '../home/atomic-file.js';
import { nodePlan, type ProcessPlan } from '../supervise/process-plan.js';
import { HOST, publicAddresses, urlOf } from './addresses.js';
import { auditLogKeyFile } from './audit-log-keys.js';
import type { Foundation } from './foundation.js';
import { householdKeyFile } from './household-key.js';
import { scriptOf, viewerFolder } from './places.js';
import { portOf, SERVICES, type ServiceDefinition, type Surroundings } from './services.js';
import type { Servers } from './start-servers.js';

/** How each service is started. */
export function servicePlans(foundation: Foundation, servers: Servers): ProcessPlan[] {
  const { settings, ports, home, seed } = foundation;
  const seedFile = home.pathOf('seed.json');
  writeJson(seedFile, seed);
  const surroundings: Surroundings = {
    settings,
    ports,
    seedFile,
    objectsFolder: home.folder('objects'),
    viewerFolder: viewerFolder(),
    auditLogKeyFile: auditLogKeyFile(home),
    householdKeyFile: householdKeyFile(home),
  };
  const common = commonEnvironment(foundation);
  return SERVICES.map((service) =>
    nodePlan({
      name: service.name,
      script: scriptOf(service.name),
      ...(service.options === undefined ? {} : { options: service.options }),
      environment: {
        ...common,
        PORT: String(portOf(ports, service.name)),
        ...dataEnvironment(service, servers),
        ...service.environment(surroundings),
      },
    }),
  );
}

/** What every process of ours is told. */
export function commonEnvironment({ settings, ports, home }: Foundation): Record<string, string> {
  return {
    HOST,
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'info',
    OIDC_ISSUER: publicAddresses(settings).oidc,
    // Asked of the directory itself, so that signing keys are had while the edge restarts.
    OIDC_JWKS_URL: `${urlOf(portOf(ports, 'directory'))}/oidc/jwks`,
    // Compiled code is kept: the next start is faster.
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? home.folder('compile-cache'),
  };
}

function dataEnvironment({ name, keepsData }: ServiceDefinition, servers: Servers): Record<string, string> {
  return keepsData ? { DATABASE_URL: servers.databaseUrl(name), ...servers.eventLog.environment(name) } : {};
}
