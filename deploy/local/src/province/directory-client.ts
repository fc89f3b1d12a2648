import type { JsonWebKey } from 'node:crypto';
import { z } from 'zod';

const Gateways = z.array(z.object({ hospital: z.string(), name: z.string(), level: z.string(), aeTitle: z.string() }));
const Enrolled = z.object({ clientId: z.string() });
const Token = z.object({ access_token: z.string(), expires_in: z.number() });
const TIMEOUT_MS = 5_000;
const RENEW_BEFORE_MS = 30_000;

export type GatewayToRun = z.infer<typeof Gateways>[number];

/** The directory as the launcher sees it: which gateways there are, and which key each signs with. */
export class DirectoryClient {
  private token: { value: string; renewAt: number } | undefined;

  constructor(
    /** Of the directory service itself. */
    private readonly address: string,
    private readonly client: { clientId: string; clientSecret: string; scope: string },
  ) {}

  async gateways(): Promise<GatewayToRun[]> {
    return Gateways.parse(await this.ask('GET', '/api/directory/gateways'));
  }

  /** From now on the hospital's gateway signs with this key, and whatever it had before stops working. The id of its client. */
  async enrolGateway(hospital: string, key: JsonWebKey): Promise<string> {
    const path = `/api/directory/hospitals/${hospital}/gateway-credential`;
    return Enrolled.parse(await this.ask('POST', path, { jwks: { keys: [key] } })).clientId;
  }

  private async ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(this.address + path, {
      method,
      headers: {
        authorization: `Bearer ${await this.accessToken()}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}`);
    return response.json();
  }

  /** Client credentials grant (RFC 6749 section 4.4). */
  private async accessToken(): Promise<string> {
    if (this.token !== undefined && Date.now() < this.token.renewAt) return this.token.value;
    const { clientId, clientSecret, scope } = this.client;
    const response = await fetch(`${this.address}/oidc/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw new Error(`The launcher’s token request was answered ${response.status}`);
    const token = Token.parse(await response.json());
    this.token = { value: token.access_token, renewAt: Date.now() + token.expires_in * 1000 - RENEW_BEFORE_MS };
    return this.token.value;
  }
}
