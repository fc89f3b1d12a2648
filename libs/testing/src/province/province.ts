import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Endpoints, readEndpoints } from '@yinglian/local';
import { COMPILE_CACHE } from '../spawn-built.js';
import { freeRange } from './free-range.js';

export interface ProvinceOptions {
  /** What carries the events; PostgreSQL unless told. */
  readonly events?: 'postgres' | 'kafka';
  /** Whether it has the sample hospitals, people and studies; it has unless told. */
  readonly sample?: boolean;
  /** Further settings for the launcher. */
  readonly environment?: Readonly<Record<string, string>>;
  /** A home to run on; it is kept. Without it a new one is made, and removed in the end. */
  readonly home?: string;
}

type ReadEndpoints = typeof readEndpoints;

const LAUNCHER = fileURLToPath(new URL('../../../../deploy/local/dist/main.js', import.meta.url));
const START_TIMEOUT_MS = 170_000;
const STOP_TIMEOUT_MS = 50_000;
const RESTART_TIMEOUT_MS = 60_000;
const POLL_MS = 25;

/** A launcher's process and what it says. */
export class LauncherProcess {
  output = '';
  readonly ended: Promise<number | null>;

  private constructor(private readonly child: ChildProcess) {
    const keep = (data: Buffer) => {
      this.output += data.toString();
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    this.ended = new Promise((resolve) => child.once('close', resolve));
  }

  /** Runs one command of the launcher as it was built. */
  static run(args: readonly string[], environment: Readonly<Record<string, string>>): LauncherProcess {
    return new LauncherProcess(
      spawn(process.execPath, [LAUNCHER, ...args], {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, NODE_OPTIONS: '', NODE_COMPILE_CACHE: COMPILE_CACHE, ...environment },
      }),
    );
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error('The launcher cannot be run');
    return this.child.pid;
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }
}

/** A whole real province: every service, one gateway per hospital, PostgreSQL, started as `npm start` does. */
export class Province {
  private constructor(
    readonly launcher: LauncherProcess,
    readonly home: string,
    /** The settings it runs with, to run further commands or to start it again. */
    readonly environment: Readonly<Record<string, string>>,
    private readonly isHomeOurs: boolean,
    private readonly readEndpoints: ReadEndpoints,
  ) {}

  static async start(options: ProvinceOptions = {}): Promise<Province> {
    // With it come all libraries of the services, which specs without a province need not load.
    const { readEndpoints } = await import('@yinglian/local');
    const home = options.home ?? (await mkdtemp(join(tmpdir(), 'yinglian-province-')));
    const environment = {
      YINGLIAN_HOME: home,
      YINGLIAN_PORT: String(await freeRange(2)),
      YINGLIAN_DICOM_PORT: String(await freeRange(10)),
      YINGLIAN_HL7_PORT: String(await freeRange(10)),
      YINGLIAN_SAMPLE: options.sample === false ? '0' : '1',
      YINGLIAN_EVENTS: options.events ?? 'postgres',
      ...options.environment,
    };
    const province = new Province(
      LauncherProcess.run(['start'], environment),
      home,
      environment,
      options.home === undefined,
      readEndpoints,
    );
    try {
      await province.untilReady();
      return province;
    } catch (error) {
      await province.stop();
      throw error;
    }
  }

  /** As they are now: a restarted process has another pid, a new hospital is there. */
  get endpoints(): Endpoints {
    return this.readEndpoints(this.home);
  }

  /** An access token of that user. */
  async token(username: string): Promise<string> {
    const command = LauncherProcess.run(['token', username], this.environment);
    const code = await command.ended;
    if (code !== 0) throw new Error(`There is no token for ${username}: ${command.output}`);
    return command.output.trim();
  }

  /** An access token of a program of the sample, for one of its scopes. */
  async programToken(clientId: string, scope: string): Promise<string> {
    const client = this.endpoints.clients.find((candidate) => candidate.clientId === clientId);
    const credentials = Buffer.from(`${client?.clientId}:${client?.clientSecret}`).toString('base64');
    const granted = await fetch(`${this.endpoints.oidc}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${credentials}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
    });
    if (!granted.ok) throw new Error(`There is no token for ${clientId}: ${granted.status}`);
    const { access_token: token } = (await granted.json()) as { access_token: string };
    return token;
  }

  pidOf(name: string): number | undefined {
    return this.endpoints.processes.find((candidate) => candidate.name === name)?.pid;
  }

  /** Kills a process with SIGKILL and resolves when the launcher has started it again. */
  async kill(name: string): Promise<void> {
    const pid = this.pidOf(name);
    if (pid === undefined) throw new Error(`There is no process ${name}`);
    process.kill(pid, 'SIGKILL');
    const deadline = Date.now() + RESTART_TIMEOUT_MS;
    for (;;) {
      const now = this.pidOf(name);
      if (now !== undefined && now !== pid) return;
      if (Date.now() > deadline) throw new Error(`${name} was not started again`);
      await pause();
    }
  }

  /** Ends everything with SIGTERM, and removes the home when it was made for this province. */
  async stop(): Promise<void> {
    this.launcher.signal('SIGTERM');
    const insist = setTimeout(() => this.launcher.signal('SIGKILL'), STOP_TIMEOUT_MS);
    await this.launcher.ended;
    clearTimeout(insist);
    if (this.isHomeOurs) await rm(this.home, { recursive: true, force: true, maxRetries: 5 });
  }

  private async untilReady(): Promise<void> {
    const deadline = Date.now() + START_TIMEOUT_MS;
    let ended = false;
    void this.launcher.ended.then(() => {
      ended = true;
    });
    while (!/^ready in [\d.]+ s$/m.test(this.launcher.output)) {
      if (ended || Date.now() > deadline) throw new Error(`The province did not start:\n${this.launcher.output}`);
      await pause();
    }
  }
}

const pause = () => new Promise((wait) => setTimeout(wait, POLL_MS));

/** Starts a province; stop it in `afterAll`. */
export const startProvince = (options?: ProvinceOptions): Promise<Province> => Province.start(options);
