import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A real HTTP server in the place of a service, which says what it received. */
export class UpstreamService {
  readonly requests: IncomingMessage[] = [];

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  /** @param port a port to come back to, after the service was stopped */
  static async start(
    answer: (request: IncomingMessage, response: ServerResponse) => void,
    port = 0,
  ): Promise<UpstreamService> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
    const { port: chosen } = server.address() as AddressInfo;
    const service = new UpstreamService(server, chosen);
    server.on('request', (request, response) => {
      service.requests.push(request);
      answer(request, response);
    });
    return service;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get lastHeaders() {
    return this.requests.at(-1)?.headers ?? {};
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }
}

/** Answers the number and SHA-256 of the bytes of a body, read as a stream. */
export function digestBody(request: IncomingMessage, response: ServerResponse): void {
  const hash = createHash('sha256');
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    hash.update(chunk);
    bytes += chunk.length;
  });
  request.on('end', () => response.end(JSON.stringify({ bytes, sha256: hash.digest('hex') })));
}
