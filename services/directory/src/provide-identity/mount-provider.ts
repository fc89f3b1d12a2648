import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Provider } from 'oidc-provider';

const PREFIX = '/oidc';

/**
 * Hands everything below /oidc that no controller answers to the provider, which speaks Koa. Its addresses are the
 * issuer's, whichever way a request came.
 */
export async function mountProvider(app: NestFastifyApplication): Promise<void> {
  const provider = app.get(Provider);
  const handle = provider.callback();
  const { host, protocol } = new URL(provider.issuer);
  const fastify = app.getHttpAdapter().getInstance();
  await fastify.register(async (scope) => {
    // The provider reads its bodies itself.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    scope.all(`${PREFIX}/*`, async (request, reply) => {
      reply.hijack();
      const { raw } = request;
      const originalUrl = raw.url ?? PREFIX;
      raw.headers['x-forwarded-host'] = host;
      raw.headers['x-forwarded-proto'] = protocol.slice(0, -1);
      await handle(Object.assign(raw, { originalUrl, url: originalUrl.slice(PREFIX.length) }), reply.raw);
    });
  });
}
