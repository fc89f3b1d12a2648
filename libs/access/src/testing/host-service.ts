import { Injectable, Module } from '@nestjs/common';
import {
  ConsumerProgress,
  connectEvents,
  EventPublisher,
  MessagingModule,
  messagingMigrations,
  messagingShape,
  Outbox,
  prepareEventLog,
} from '@yinglian/messaging';
import { Database, databaseShape, PersistenceModule } from '@yinglian/persistence';
import { createService, defineConfig, PlatformModule, type RunningService } from '@yinglian/platform';
import { TestIssuer } from '@yinglian/platform/testing';
import { TestPostgres } from '@yinglian/testing';
import {
  AccessDecisionPoint,
  AccessModule,
  type AskedOfHost,
  accessMigrations,
  type HostFacts,
  type KnownToHost,
  type Replayable,
} from '../index.js';

const hostConfig = defineConfig('host', { ...databaseShape, ...messagingShape });

@Injectable()
class NotedStudies implements HostFacts {
  constructor(private readonly database: Database) {}

  async about({ hospital, personIds }: AskedOfHost): Promise<KnownToHost> {
    const rows = await this.database.query<{ person: string }>(
      'SELECT person FROM noted WHERE person = ANY ($1) AND hospital = $2',
      [personIds, hospital],
    );
    const relationships = new Map(rows.map(({ person }) => [person, { daysSinceStudy: 7 }]));
    return { relationships, restrictions: new Map() };
  }
}

@Module({})
class HostModule {}

/** A real service that decides: its own database with a table of which hospital made a study of whom, and a real event log. */
export class HostService {
  /** What the decisions take for the present; null for the machine's clock. */
  now: Date | null = null;
  private running: RunningService | undefined;

  private constructor(
    readonly postgres: TestPostgres,
    private readonly issuer: TestIssuer,
    private readonly databaseUrl: string,
    private readonly logUrl: string,
    readonly log: Database,
    readonly consentAudit: EventPublisher,
    readonly patientIndex: EventPublisher,
  ) {}

  static async start(): Promise<HostService> {
    const [postgres, issuer] = await Promise.all([TestPostgres.start(), TestIssuer.start()]);
    const log = await postgres.createDatabase('event_log');
    await prepareEventLog(log, {
      roles: [
        { name: 'host', password: 'x', writes: ['audit'], reads: true },
        { name: 'consent-audit', password: 'x', writes: ['consents'], reads: false },
        { name: 'patient-index', password: 'x', writes: ['persons'], reads: false },
      ],
    });
    const databaseUrl = await postgres.createDatabase('host');
    await postgres.connect(databaseUrl).query('CREATE TABLE noted (person text, hospital text)');
    const publisher = (role: string) =>
      EventPublisher.fromConfig({
        source: `urn:yinglian:${role}`,
        config: { EVENTS: 'postgres', EVENT_LOG_URL: as(log, role) },
      });
    const host = new HostService(
      postgres,
      issuer,
      databaseUrl,
      as(log, 'host'),
      postgres.connect(log),
      publisher('consent-audit'),
      publisher('patient-index'),
    );
    await host.startService();
    return host;
  }

  get access(): AccessDecisionPoint {
    return this.service.app.get(AccessDecisionPoint);
  }

  get database(): Database {
    return this.service.app.get(Database);
  }

  get service(): RunningService {
    if (this.running === undefined) throw new Error('The service does not run');
    return this.running;
  }

  async startService(): Promise<void> {
    const config = hostConfig.load({
      PORT: '0',
      LOG_LEVEL: 'error',
      DATABASE_URL: this.databaseUrl,
      EVENT_LOG_URL: this.logUrl,
      ...this.issuer.environment,
    });
    const service = 'host';
    const migrations = [messagingMigrations, accessMigrations];
    this.running = await createService({
      name: service,
      config,
      module: {
        module: HostModule,
        imports: [
          PlatformModule.forService(service, config),
          PersistenceModule.forService({ service, config, migrations }),
          MessagingModule.forService({ service, config }),
          AccessModule.forService({
            service,
            hostFacts: NotedStudies,
            clock: () => this.now ?? new Date(),
          }),
        ],
      },
      prepare: connectEvents,
    });
  }

  async stopService(): Promise<void> {
    await this.running?.stop();
    this.running = undefined;
  }

  /** Everything published so far is applied here. */
  async caughtUp(): Promise<void> {
    if (!(await this.service.app.get(ConsumerProgress).caughtUp(['consents', 'persons'], 10_000)))
      throw new Error('Not applied');
  }

  /** What the service has told the audit trail so far, oldest first; `person` narrows. */
  async recorded(person: string): Promise<Recorded[]> {
    if (this.running !== undefined) await this.running.app.get(Outbox).flushed(10_000);
    const rows = await this.log.query<{ data: Recorded }>(
      `SELECT envelope::jsonb -> 'data' AS data FROM event_log.records
       WHERE topic = 'audit' AND envelope::jsonb -> 'data' ->> 'personId' = $1 ORDER BY appended_at, position`,
      [person],
    );
    return rows.map(({ data }) => data);
  }

  async stop(): Promise<void> {
    await this.consentAudit.close();
    await this.patientIndex.close();
    await this.stopService();
    await this.issuer.stop();
    await this.postgres.stop();
  }
}

export interface Recorded extends Replayable {
  readonly accessId: string;
  readonly count: number;
  readonly breakGlassId?: string;
  readonly query: readonly string[];
  readonly decision: {
    readonly outcome: string;
    readonly code: string;
    readonly policies: readonly string[];
    readonly policyVersion: string;
  };
}

const as = (url: string, role: string) => url.replace(/postgres:\/\/.*@/, `postgres://${role}:x@`);
