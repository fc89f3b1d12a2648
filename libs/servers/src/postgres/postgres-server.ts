import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import type { ServerCommand } from '../server-process.js';
import { clusterNameOf, orphansGone } from './left-behind.js';
import { isRoot, NOBODY, underAccount } from './postgres-account.js';
import { postgresBinaries } from './postgres-binaries.js';

export interface PostgresOptions {
  /** Empty or absent: a new cluster is made there. */
  readonly dataFolder: string;
  readonly port: number;
  /** Of the superuser `postgres`. */
  readonly password: string;
  /** Further settings as `name=value`; durability stays on. */
  readonly settings?: readonly string[];
}

const run = promisify(execFile);

export const postgresUrl = (options: PostgresOptions, database = 'postgres') =>
  `postgres://postgres:${options.password}@127.0.0.1:${options.port}/${database}`;

/** Makes the cluster when it is missing and says how to start it. */
export async function postgresServer(options: PostgresOptions): Promise<ServerCommand> {
  const { postgres } = await postgresBinaries();
  await prepareCluster(options);
  return {
    name: 'postgresql',
    ...underAccount(postgres, ['-D', options.dataFolder, ...settingsOf(options)], options.dataFolder),
    // Fast shutdown: open transactions are rolled back, the checkpoint is written.
    stopSignal: 'SIGINT',
    predecessorGone: () => orphansGone(options.dataFolder),
    async ready() {
      const client = new pg.Client({ connectionString: postgresUrl(options), connectionTimeoutMillis: 1_000 });
      client.on('error', () => {});
      await client.connect();
      await client.end();
    },
  };
}

/** Makes the cluster when its data folder is empty or absent. */
export async function prepareCluster(options: PostgresOptions): Promise<void> {
  const { initdb } = await postgresBinaries();
  if (!existsSync(join(options.dataFolder, 'PG_VERSION'))) await initialise(initdb, options);
}

function settingsOf(options: PostgresOptions): string[] {
  return [
    'listen_addresses=127.0.0.1',
    `port=${options.port}`,
    'unix_socket_directories=',
    `cluster_name=${clusterNameOf(options.dataFolder)}`,
    ...(options.settings ?? []),
  ].flatMap((setting) => ['-c', setting]);
}

async function initialise(initdb: string, options: PostgresOptions): Promise<void> {
  await mkdir(options.dataFolder, { recursive: true });
  const secrets = await mkdtemp(join(tmpdir(), 'yinglian-initdb-'));
  const passwordFile = join(secrets, 'password');
  try {
    await writeFile(passwordFile, options.password, { mode: 0o600 });
    if (isRoot) {
      for (const path of [options.dataFolder, secrets, passwordFile]) await chown(path, NOBODY, NOBODY);
    }
    await chmod(options.dataFolder, 0o700);
    const command = underAccount(
      initdb,
      [
        `--pgdata=${options.dataFolder}`,
        '--username=postgres',
        '--auth=scram-sha-256',
        `--pwfile=${passwordFile}`,
        '--encoding=UTF8',
        '--locale=C.UTF-8',
      ],
      options.dataFolder,
    );
    const { uid, gid } = command;
    await run(command.executable, command.args, uid === undefined ? {} : { uid, gid });
  } catch (error) {
    throw new Error(`PostgreSQL cannot make its data folder ${options.dataFolder}: ${reasonOf(error)}`, {
      cause: error,
    });
  } finally {
    await rm(secrets, { recursive: true });
  }
}

/** What initdb said last, which names the cause. */
function reasonOf(error: unknown): string {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim().split('\n').at(-1) : undefined;
  const hint = isRoot ? ' (as root it runs as another account, which must be able to read the folder’s parents)' : '';
  return (said ?? (error instanceof Error ? error.message : String(error))) + hint;
}
