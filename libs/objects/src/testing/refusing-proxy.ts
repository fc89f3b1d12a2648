import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';

const SLOW_DOWN =
  '<?xml version="1.0"?><Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>';

/** Stands before an HTTP server, counts what it is asked, and answers as an S3 server does that has too much to do. */
export class RefusingProxy {
  /** Requests by method and key, as `GET a/key`, refused ones too. */
  readonly requests: string[] = [];
  /** So many of the next ones are refused. */
  refusals = 0;

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async to(target: number): Promise<RefusingProxy> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const proxy = new RefusingProxy(server, typeof address === 'object' && address !== null ? address.port : 0);
    server.on('request', (asked, answer) => {
      const { pathname } = new URL(asked.url ?? '', 'http://proxy');
      proxy.requests.push(`${asked.method} ${pathname.split('/').slice(2).join('/')}`);
      if (proxy.refusals > 0) {
        proxy.refusals -= 1;
        asked.resume();
        return void answer.writeHead(503, { 'content-type': 'application/xml' }).end(SLOW_DOWN);
      }
      const { method = 'GET', url = '/', headers } = asked;
      const onward = request({ host: '127.0.0.1', port: target, method, path: url, headers }, (answered) => {
        answer.writeHead(answered.statusCode ?? 502, answered.headers);
        answered.pipe(answer);
        answer.on('close', () => answered.destroy());
      });
      onward.on('error', () => answer.destroy());
      asked.pipe(onward);
    });
    return proxy;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }
}
