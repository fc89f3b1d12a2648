import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync } from 'fastify';
import type { PortalConfig } from '../portal.config.js';
import { portalPage } from './portal-page.js';
import { portalHeaders } from './security-headers.js';

/** The built web app, seen from dist/serve-portal and from src/serve-portal alike. */
const BUILT_WEB = fileURLToPath(new URL('../../dist/web/', import.meta.url));

/** Addresses of programs and of files: nothing there is a page, whatever is asked. */
const NOT_PAGES = /^\/(api|oidc|dicom-web|fhir|cds-services|assets)(\/|$)/;

/**
 * The web app: files below /assets carry their content's hash in their name and are kept for ever, every other address
 * is the app's one page, which is never kept.
 */
export const servePortal =
  (config: PortalConfig, folder = BUILT_WEB): FastifyPluginAsync =>
  async (fastify) => {
    const page = await portalPage(folder, { publicUrl: config.PUBLIC_URL, viewerUrl: config.VIEWER_URL });
    await fastify.register(fastifyStatic, {
      root: join(folder, 'assets'),
      prefix: '/assets/',
      index: false,
      preCompressed: true,
      immutable: true,
      maxAge: '1y',
      setHeaders: (reply) => void reply.headers(portalHeaders),
    });
    fastify.get('/*', async (request, reply) => {
      if (NOT_PAGES.test(request.url.split('?')[0] ?? '')) return reply.callNotFound();
      return reply
        .headers({ ...portalHeaders, 'cache-control': 'no-cache' })
        .type('text/html; charset=utf-8')
        .send(page);
    });
  };
