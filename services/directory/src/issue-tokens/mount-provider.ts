import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Provider } from 'oidc-provider';
import { OIDC_PROVIDER } from './oidc-provider.token.js';

const PREFIX = '/oidc';

/** Hands everything below /oidc that no controller answers to the provider, which speaks Koa. */
export function mountProvider(app: NestFastifyApplication): void {
  const handle = app.get<Provider>(OIDC_PROVIDER).callback();
  app
    .getHttpAdapter()
    .getInstance()
    .all(`${PREFIX}/*`, (request, reply) => {
      reply.hijack();
      // The provider finds its own prefix as the difference of the two, and takes a body that is parsed already.
      const raw = Object.assign(request.raw, { originalUrl: request.raw.url, body: request.body });
      raw.url = request.raw.url?.slice(PREFIX.length) ?? '/';
      void handle(raw, reply.raw);
    });
}
