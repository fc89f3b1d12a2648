import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Database } from '@yinglian/persistence';
import { freePort, postgresServer, postgresUrl } from '@yinglian/servers';
import { until } from '@yinglian/testing';
import { identityOf, isRunning } from '../home/process-identity.js';
import { nodePlan, serverPlan } from './process-plan.js';
import { awaitLeftBehind, Supervisor } from './supervisor.js';

const BUSY = "SELECT 1 FROM pg_stat_activity WHERE query LIKE '%generate_series%' AND pid <> pg_backend_pid()";

describe('the supervisor', () => {
  let folder: string;
  let supervisor: Supervisor;
  let changes: number;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'yinglian-supervisor-'));
    changes = 0;
    supervisor = new Supervisor({ home: folder, logs: folder }, () => {
      changes += 1;
    });
  });
  afterEach(async () => {
    await supervisor.stop();
    rmSync(folder, { recursive: true });
  });

  const plan = (name: string, source: string) => {
    const script = join(folder, `${name}.mjs`);
    writeFileSync(script, source);
    return nodePlan({ name, script, environment: {} });
  };
  const serving = `console.log('here'); process.send({ ready: true }); process.on('SIGTERM', () => process.exit(0)); setInterval(() => {}, 1000);`;
  const pidOf = (name: string) => supervisor.running.find((one) => one.name === name)?.pid;

  it('starts a process that was killed again, and tells', async () => {
    await supervisor.start(plan('service', serving));
    const first = pidOf('service');
    expect(first).toBeGreaterThan(0);
    const told = changes;
    process.kill(Number(first), 'SIGKILL');
    await until(() => pidOf('service') !== undefined && pidOf('service') !== first);
    expect(changes).toBeGreaterThan(told);
    await until(() => readFileSync(join(folder, 'service.log'), 'utf8') === 'here\nhere\n');
  });

  it('starts PostgreSQL that was killed again at once, while a query of it goes on for hours', async () => {
    chmodSync(folder, 0o755);
    const options = { dataFolder: join(folder, 'data'), port: await freePort(), password: 'x' };
    const command = await postgresServer(options);
    await supervisor.start(serverPlan(command));
    for (let round = 1; round <= 3; round += 1) {
      const first = pidOf('postgresql');
      const database = new Database({ url: postgresUrl(options), applicationName: 'test' });
      // It never looks whether its server still lives, and holds the shared memory meanwhile.
      const lost = database
        .query('SELECT count(*) FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b')
        .catch(() => 'lost');
      await until(async () => (await database.query(BUSY)).length === 1);
      process.kill(Number(first), 'SIGKILL');
      await until(() => pidOf('postgresql') !== undefined && pidOf('postgresql') !== first);
      await until(() =>
        command.ready().then(
          () => true,
          () => false,
        ),
      );
      expect(await lost).toBe('lost');
      await database.close();
    }
  });

  it('says in one sentence why a process did not start, and leaves it stopped', async () => {
    const broken = plan('broken', `console.error('cannot start: PORT is missing'); process.exit(1);`);
    await expect(supervisor.start(broken)).rejects.toThrow(
      /^broken did not start: cannot start: PORT is missing \(see /,
    );
    expect(supervisor.running).toEqual([]);
  });

  it('kills a process that does not stop when it is asked to', async () => {
    const stubborn = plan(
      'stubborn',
      `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); process.send({ ready: true });`,
    );
    await supervisor.start({ ...stubborn, stopTimeoutMs: 200 });
    const identity = identityOf(Number(pidOf('stubborn')));
    await supervisor.stop();
    expect(isRunning(identity)).toBe(false);
  });

  it('stops one group after the other', async () => {
    const order = join(folder, 'order');
    const ending = (name: string, afterMs: number) =>
      `import { appendFileSync } from 'node:fs';
       const end = () => { appendFileSync(${JSON.stringify(order)}, '${name} '); process.exit(0); };
       process.on('SIGTERM', () => setTimeout(end, ${afterMs})); setInterval(() => {}, 1000); process.send({ ready: true });`;
    await Promise.all([
      supervisor.start(plan('database', ending('database', 0))),
      supervisor.start(plan('service', ending('service', 300))),
    ]);
    await supervisor.stop((name) => name === 'service');
    expect(readFileSync(order, 'utf8')).toBe('service database ');
  });

  it('waits for processes that a killed launcher left behind', async () => {
    await supervisor.start(plan('service', serving));
    const identity = identityOf(Number(pidOf('service')));
    const waiting = awaitLeftBehind(folder);
    await Promise.all([waiting, supervisor.stop()]);
    expect(isRunning(identity)).toBe(false);
  });
});
