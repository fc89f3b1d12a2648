import { access } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { servePage } from '@yinglian/web';
import type { GatewayConfig } from '../gateway.config.js';
import { needsTls } from '../sign-in/needs-tls.js';

/** The built page, seen from dist/serve-page and from src/serve-page alike. */
const BUILT_PAGE = fileURLToPath(new URL('../../dist/web/', import.meta.url));

/** The gateway's page at the root of its own HTTP port. Images are received without it, too. */
export const serveGatewayPage = (config: GatewayConfig) => async (app: NestFastifyApplication) => {
  try {
    await access(`${BUILT_PAGE}index.html`);
  } catch {
    new Logger(serveGatewayPage.name).error('The page of the gateway is not built');
    return;
  }
  const fastify = app.getHttpAdapter().getInstance();
  await fastify.register(servePage({ folder: BUILT_PAGE, at: '/', framedBy: 'nobody' }));
  fastify.addHook('onRequest', async (request, reply) => {
    if (request.url !== '/' || !needsTls(config, request)) return;
    // Not for ever: a gateway may lose its certificate again.
    return reply.redirect(`https://${request.hostname}:${config.PAGE_TLS_PORT}/`, 307);
  });
};
