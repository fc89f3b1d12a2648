import { type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareEventLog } from '@yinglian/messaging';
import type { Database } from '@yinglian/persistence';
import { TestIssuer } from '@yinglian/platform/testing';
import { freePorts } from '@yinglian/servers';
import { BOUNDARY, type ProgramOutcome, runProgram, spawnBuilt, TestPostgres, untilServed } from '@yinglian/testing';
import { StandInProvince } from './stand-in-province.js';

const ROLE = 'gateway_h001';
/** On a machine whose cores run other specs beside. */
const STARTED_WITHIN_MS = 50_000;

export interface StowAnswer {
  readonly status: number;
  readonly contentType: string | null;
  readonly body: Record<string, { vr: string; Value: unknown[] }> & { code?: string };
}

export interface ToldEvent {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly data: Record<string, unknown>;
}

/** A gateway in a process of its own, with a real event log, a real issuer and a stand-in of the province. */
export class TestGateway {
  private child: ChildProcess | undefined;
  /** What it logged. */
  output = '';
  private log: Database | undefined;
  private port = 0;
  dicomPort = 0;
  hl7Port = 0;

  private constructor(
    readonly province: StandInProvince,
    readonly issuer: TestIssuer,
    private readonly postgres: TestPostgres,
    private readonly logUrl: string,
    readonly folder: string,
    readonly settings: Record<string, string>,
  ) {}

  static async start(settings: Record<string, string> = {}): Promise<TestGateway> {
    const [province, issuer, postgres] = await Promise.all([
      StandInProvince.start(),
      TestIssuer.start(),
      TestPostgres.start(),
    ]);
    const logUrl = new URL(await postgres.createDatabase('event_log'));
    await prepareEventLog(logUrl.href, {
      roles: [{ name: ROLE, password: 'invented', writes: ['hospital.H001'], reads: false }],
    });
    const folder = await mkdtemp(join(tmpdir(), 'yinglian-gateway-'));
    const gateway = new TestGateway(province, issuer, postgres, logUrl.href, folder, settings);
    await gateway.run();
    return gateway;
  }

  /** Starts the process, again or for the first time, and waits until it is ready. */
  async run(): Promise<void> {
    [this.port = 0, this.dicomPort = 0, this.hl7Port = 0] = await freePorts(3);
    const log = new URL(this.logUrl);
    log.username = ROLE;
    log.password = 'invented';
    this.child = spawnBuilt(
      new URL('../main.ts', import.meta.url),
      {
        HOST: '127.0.0.1',
        PORT: String(this.port),
        LOG_LEVEL: 'debug',
        ...this.issuer.environment,
        EVENTS: 'postgres',
        EVENT_LOG_URL: log.href,
        HOSPITAL: 'H001',
        DICOM_PORT: String(this.dicomPort),
        HL7_PORT: String(this.hl7Port),
        SPOOL_FOLDER: this.folder,
        SPOOL_MIN_FREE_BYTES: '0',
        PROVINCE_URL: this.province.url,
        OIDC_TOKEN_URL: `${this.province.url}/oidc/token`,
        OIDC_CLIENT_ID: 'gateway-H001',
        OIDC_CLIENT_SECRET: 'invented',
        CONFIGURATION_POLL_MS: '100',
        ...this.settings,
      },
      'pipe',
    );
    const keep = (text: Buffer) => {
      this.output += text.toString('utf8');
    };
    this.child.stdout?.on('data', keep);
    this.child.stderr?.on('data', keep);
    await untilServed(this.child, `${this.url}/healthz`, STARTED_WITHIN_MS).catch((cause) => {
      throw new Error(`The gateway did not start: ${this.output}`, { cause });
    });
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const { child } = this;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  /** DCMTK's storescu; resolves with what it says, whatever its exit code. */
  storescu(files: readonly string[], options: readonly string[] = [], port = this.dicomPort): Promise<ProgramOutcome> {
    return runProgram('storescu', ['-v', '-aec', 'H001GW', ...options, '127.0.0.1', String(port), ...files]);
  }

  echoscu(options: readonly string[]): Promise<ProgramOutcome> {
    return runProgram('echoscu', ['-v', ...options, '127.0.0.1', String(this.dicomPort)]);
  }

  /** A STOW-RS request with the token of a program of the gateway's own hospital, answered in JSON. */
  async stow(
    body: Uint8Array<ArrayBuffer> | ReadableStream,
    headers: Record<string, string> = {},
    study = '',
  ): Promise<StowAnswer> {
    const response = await this.ask(body, headers, study);
    const text = await response.text();
    return { status: response.status, contentType: response.headers.get('content-type'), body: JSON.parse(text) };
  }

  async ask(
    body: Uint8Array<ArrayBuffer> | ReadableStream,
    headers: Record<string, string> = {},
    study = '',
  ): Promise<Response> {
    return fetch(`${this.url}/dicom-web/studies${study}`, {
      method: 'POST',
      body,
      headers: {
        authorization: `Bearer ${await this.token()}`,
        'content-type': `multipart/related; type="application/dicom"; boundary=${BOUNDARY}`,
        ...headers,
      },
      ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
    } as RequestInit);
  }

  token(hospital: string | null = 'H001'): Promise<string> {
    return this.issuer.serviceToken({ clientId: 'pacs', scopes: ['stow:write'], hospital });
  }

  get pid(): number {
    return this.child?.pid ?? 0;
  }

  async events(): Promise<ToldEvent[]> {
    this.log ??= this.postgres.connect(this.logUrl);
    const rows = await this.log.query<{ envelope: string }>(
      'SELECT envelope FROM event_log.records ORDER BY topic, partition, position',
    );
    return rows.map(({ envelope }) => JSON.parse(envelope) as ToldEvent);
  }

  async segments(): Promise<string[]> {
    return readdir(join(this.folder, 'segments'));
  }

  /** What its metrics say of packs that are on their way. */
  async pendingPacks(): Promise<number> {
    const metrics = await (await fetch(`${this.url}/metrics`)).text();
    return Number(/^gateway_packs_pending\S* (\d+)/m.exec(metrics)?.[1]);
  }

  async stop(): Promise<void> {
    await this.kill('SIGTERM');
    await this.province.stop();
    await this.issuer.stop();
    await this.postgres.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Waits until it is true. */
export async function eventually(what: string, check: () => Promise<boolean>, timeoutMs = 45_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await check().catch(() => false))) {
    if (Date.now() > deadline) throw new Error(`It is not so that ${what}`);
    await new Promise((wait) => setTimeout(wait, 20));
  }
}
