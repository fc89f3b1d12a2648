import { type DynamicModule, Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { z } from 'zod';
import { Database } from './database.js';
import { type Migrations, migrate } from './migrate.js';

/** What a service with a database reads from its environment. */
export const databaseShape = {
  DATABASE_URL: z.string().describe("postgres:// URL of the service's own database"),
  DATABASE_CONNECTIONS: z.coerce.number().int().min(2).default(8).describe('Connections of the pool at most'),
};

export interface PersistenceOptions {
  readonly service: string;
  readonly config: z.output<z.ZodObject<typeof databaseShape>>;
  /** The service's own, and those of the libraries that keep tables in its database. */
  readonly migrations: readonly Migrations[];
}

/** The service's database, brought to its newest schema before anything uses it. */
@Global()
@Module({})
export class PersistenceModule implements OnApplicationShutdown {
  constructor(@Inject(Database) private readonly database: Database) {}

  static forService(options: PersistenceOptions): DynamicModule {
    return {
      module: PersistenceModule,
      providers: [{ provide: Database, useFactory: () => open(options) }],
      exports: [Database],
    };
  }

  onApplicationShutdown(): Promise<void> {
    return this.database.close();
  }
}

async function open({ service, config, migrations }: PersistenceOptions): Promise<Database> {
  for (const set of migrations) await migrate(config.DATABASE_URL, set);
  return new Database({
    url: config.DATABASE_URL,
    applicationName: service,
    maxConnections: config.DATABASE_CONNECTIONS,
  });
}
