import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DirectorySeedFile, type EventData, SignInRecordedV1 } from '@yinglian/contracts';
import { Outbox, prepareEventLog } from '@yinglian/messaging';
import { Database } from '@yinglian/persistence';
import { AccessTokens, createService, type RunningService } from '@yinglian/platform';
import { freePort } from '@yinglian/servers';
import { TestPostgres } from '@yinglian/testing';
import { directoryConfig } from '../directory.config.js';
import { directoryService } from '../directory.module.js';
import { enrolOn } from './authenticator-app.js';
import { authorization, Browser } from './browser.js';
import { chosenOn } from './chosen-password.js';
import { PASSWORD, SEED } from './seed.js';

/** The service on a real PostgreSQL with a real event log, its own provider issuing the tokens that it is called with. */
export class DirectoryService {
  private readonly proved = new Map<string, string>();

  private constructor(
    readonly postgres: TestPostgres,
    readonly environment: Record<string, string>,
    readonly folder: string,
    public service: RunningService,
  ) {}

  /** Nobody needs a second factor unless `settings` say so. */
  static async start({
    seed = SEED,
    settings = {},
    host = '127.0.0.1',
  }: {
    seed?: DirectorySeedFile;
    settings?: Record<string, string>;
    /** Of its public address. */
    host?: string;
  } = {}): Promise<DirectoryService> {
    const [postgres, port, folder] = await Promise.all([
      TestPostgres.start(),
      freePort(),
      mkdtemp(join(tmpdir(), 'yinglian-directory-')),
    ]);
    const log = await postgres.createDatabase('event_log');
    await prepareEventLog(log, {
      roles: [{ name: 'directory', password: 'x', writes: ['directory', 'audit'], reads: true }],
    });
    const address = `http://${host}:${port}`;
    const environment = {
      PORT: String(port),
      LOG_LEVEL: 'error',
      DATABASE_URL: await postgres.createDatabase('directory'),
      EVENT_LOG_URL: log.replace(/postgres:\/\/.*@/, 'postgres://directory:x@'),
      OIDC_ISSUER: `${address}/oidc`,
      OIDC_JWKS_URL: `${address}/oidc/jwks`,
      PUBLIC_URL: address,
      VIEWER_URL: 'http://127.0.0.1:1',
      SEED_FILE: join(folder, 'seed.json'),
      SECOND_FACTOR: 'offered',
      ...settings,
    };
    await writeFile(environment.SEED_FILE, JSON.stringify(seed));
    return new DirectoryService(postgres, environment, folder, await startProcess(environment));
  }

  async restart(): Promise<void> {
    await this.service.stop();
    this.service = await startProcess(this.environment);
  }

  get address(): string {
    return this.environment.PUBLIC_URL ?? this.service.address;
  }

  get issuer(): string {
    return `${this.address}/oidc`;
  }

  get database(): Database {
    return this.service.app.get(Database);
  }

  get tokens(): AccessTokens {
    return new AccessTokens(this.issuer, `${this.issuer}/jwks`);
  }

  browser(headers: Record<string, string> = {}): Browser {
    return new Browser(headers);
  }

  /** The data of what this service put into the log, oldest first. */
  async events(type: string): Promise<unknown[]> {
    await this.service.app.get(Outbox).flushed(10_000);
    const rows = await this.postgres
      .connect(this.environment.EVENT_LOG_URL ?? '')
      .query<{ envelope: string }>('SELECT envelope FROM event_log.records ORDER BY partition, position');
    return rows
      .map(({ envelope }) => JSON.parse(envelope) as { type: string; data: unknown })
      .filter((event) => event.type === type)
      .map(({ data }) => data);
  }

  /** What was recorded of sign-ins, oldest first. */
  async signIns(): Promise<EventData<typeof SignInRecordedV1>[]> {
    return (await this.events('sign-in.recorded.v1')).map((data) => SignInRecordedV1.data.parse(data));
  }

  /** Failures and sessions as they are so many minutes later. */
  async later(minutes: number): Promise<void> {
    const interval = `interval '${minutes} minutes'`;
    await this.database.query(`UPDATE sign_in_failures SET last_at = last_at - ${interval}`);
    await this.database.query(
      `UPDATE sign_in_sessions SET last_used_at = last_used_at - ${interval}, begun_at = begun_at - ${interval}`,
    );
  }

  async ask(token: string | undefined, method: string, path: string, body?: unknown, headers = {}) {
    const response = await fetch(`${this.address}/api/directory/${path}`, {
      method,
      headers: {
        ...headers,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    // biome-ignore lint/suspicious/noExplicitAny: answers are compared whole in the specs
    const answer: any = text === '' ? undefined : JSON.parse(text);
    return { status: response.status, headers: response.headers, body: answer };
  }

  /** Signs in to the portal as a browser does; who was told the password chooses OWN_PASSWORD. */
  async signIn(
    username: string,
    password = PASSWORD,
  ): Promise<{ accessToken: string; refreshToken: string | undefined }> {
    const request = authorization(this.issuer, 'portal', `${this.address}/signed-in`);
    const browser = this.browser();
    const page = await browser.walk(request.address);
    const { at, response } = await chosenOn(browser, await browser.walk(page.at, { username, password }));
    if (response !== undefined) throw new Error(`The sign-in was answered ${response.status}`);
    const answer = await request.redeem(at.searchParams.get('code') ?? '');
    const tokens = (await answer.json()) as { access_token: string; refresh_token?: string };
    return { accessToken: tokens.access_token, refreshToken: tokens.refresh_token };
  }

  async personToken(username: string, password?: string): Promise<string> {
    return (await this.signIn(username, password)).accessToken;
  }

  /** A token of who proved a second factor just now; it is enrolled the first time, and the token kept. */
  async provedToken(username: string): Promise<string> {
    const known = this.proved.get(username);
    if (known !== undefined) return known;
    const more = { acr_values: 'urn:yinglian:second-factor' };
    const request = authorization(this.issuer, 'portal', `${this.address}/signed-in`, more);
    const browser = this.browser();
    const { at } = await browser.walk(request.address);
    const { end } = await enrolOn(browser, await browser.walk(at, { username, password: PASSWORD }));
    const answer = await request.redeem(end.at.searchParams.get('code') ?? '');
    const { access_token: token } = (await answer.json()) as { access_token: string };
    this.proved.set(username, token);
    return token;
  }

  /** Adds an account as two people do: one asks, one approves. A password that is given is its owner's already. The answer to the first. */
  async addStaff(admin: string, member: object) {
    const added = await this.ask(admin, 'POST', 'staff', { reason: '新入职', ...member });
    if (added.status !== 201) throw new Error(`The account was not added: ${JSON.stringify(added.body)}`);
    if ('password' in member)
      await this.database.query('UPDATE staff SET password_told = false WHERE username = $1', [added.body.username]);
    if (added.body.proposal === null) return added;
    const { proposalId } = added.body.proposal;
    const approved = await this.ask(
      await this.provedToken('security'),
      'POST',
      `role-proposals/${proposalId}/approval`,
    );
    if (approved.status !== 200) throw new Error(`The roles were not approved: ${JSON.stringify(approved.body)}`);
    return added;
  }

  async refresh(refreshToken: string, more: Record<string, string> = {}) {
    const parameters = { ...more, grant_type: 'refresh_token', client_id: 'portal', refresh_token: refreshToken };
    const response = await fetch(`${this.issuer}/token`, { method: 'POST', body: new URLSearchParams(parameters) });
    const body = (await response.json()) as { access_token?: string; refresh_token?: string; error?: string };
    return { status: response.status, body };
  }

  /** An access token of a program; the error code when it is refused. */
  async serviceToken(clientId: string, clientSecret: string, parameters: Record<string, string> = {}) {
    const response = await fetch(`${this.issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', ...parameters }),
    });
    const answer = (await response.json()) as { access_token?: string; error?: string; scope?: string };
    return { status: response.status, token: answer.access_token ?? '', error: answer.error, scope: answer.scope };
  }

  async stop(): Promise<void> {
    await this.service.stop();
    await this.postgres.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

const startProcess = (environment: Record<string, string>) =>
  createService(directoryService(directoryConfig.load(environment)));
