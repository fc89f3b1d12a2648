import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database, DatabaseOptions } from '@yinglian/persistence';
import { freePort, type PostgresOptions, postgresServer, postgresUrl, RunningServer } from '@yinglian/servers';

import { newCluster } from './new-cluster.js';

const PATIENCE_MS = 1_000;
/** A server that is killed loses nothing for want of fsync, as the kernel has it; only a machine that goes down would. */
const SMALL = ['shared_buffers=32MB', 'max_connections=100', 'fsync=off'];

/** A real PostgreSQL of one test file, with databases made and forgotten at will. */
export class TestPostgres {
  private readonly databases: Database[] = [];

  private constructor(
    private readonly options: PostgresOptions,
    readonly server: RunningServer,
    private readonly folder: string,
    private readonly openDatabase: (options: DatabaseOptions) => Database,
  ) {}

  /** @param settings of the server, beside or instead of those for a small one */
  static async start(settings: readonly string[] = []): Promise<TestPostgres> {
    const folder = await mkdtemp(join(tmpdir(), 'yinglian-postgres-'));
    await chmod(folder, 0o755);
    const options: PostgresOptions = {
      dataFolder: join(folder, 'data'),
      port: await freePort(),
      password: process.env.YINGLIAN_TEST_PASSWORD ?? randomBytes(16).toString('hex'),
      settings: [...SMALL, ...settings],
    };
    await newCluster(options);
    // With it comes Nest, which specs without a database need not load.
    const { Database } = await import('@yinglian/persistence');
    const server = await RunningServer.start(await postgresServer(options));
    return new TestPostgres(options, server, folder, (to) => new Database(to));
  }

  /** The URL of a new, empty database. */
  async createDatabase(prefix = 'test'): Promise<string> {
    const name = `${prefix.replaceAll('-', '_')}_${randomBytes(6).toString('hex')}`;
    const admin = this.connect(postgresUrl(this.options));
    await admin.query(`CREATE DATABASE ${name}`);
    await admin.close();
    this.databases.splice(this.databases.indexOf(admin), 1);
    return postgresUrl(this.options, name);
  }

  /** A pool on a database; closed with the server. */
  connect(url: string): Database {
    const database = this.openDatabase({ url, applicationName: 'test' });
    this.databases.push(database);
    return database;
  }

  async stop(): Promise<void> {
    const closed = Promise.all(this.databases.map((database) => database.close()));
    // Pools wait for what is still being asked, which after a failed spec may be for ever; a stopping server cuts it off. A connection
    // that it finds on its way out has nobody left to hear of that.
    await Promise.race([closed.catch(() => {}), sleep(PATIENCE_MS, undefined, { ref: false })]);
    await this.server.stop();
    await closed;
    await rm(this.folder, { recursive: true, force: true });
  }
}
