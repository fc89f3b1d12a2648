import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { pageHeaders } from '@yinglian/web';
import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import type { PortalConfig } from '../portal.config.js';
import { SILENT_REFRESH_PAGE, SILENT_REFRESH_SCRIPT } from './silent-refresh.js';
import { viewerConfigScript } from './viewer-config.js';
import { VIEWER_LOGO } from './viewer-logo.js';
import { viewerPolicy } from './viewer-policy.js';

/** OHIF's files whose names carry their content's hash. */
const HASHED = /[./]?[0-9a-f]{16}\.(js|wasm|woff2|css)$/;

/** The viewer's files as built, its configuration, and its one page for every other address. */
export const serveViewer =
  (config: PortalConfig): FastifyPluginAsync =>
  async (fastify) => {
    const page = await readFile(join(config.VIEWER_APP_FOLDER, 'index.html'), 'utf8');
    const headers = {
      ...pageHeaders,
      'content-security-policy': viewerPolicy(page, new URL(config.PUBLIC_URL).origin),
    };
    const generated: Readonly<Record<string, readonly [type: string, content: string]>> = {
      '/app-config.js': ['text/javascript', viewerConfigScript(config.PUBLIC_URL)],
      '/init-service-worker.js': ['text/javascript', ''],
      '/silent-refresh.html': ['text/html', SILENT_REFRESH_PAGE],
      '/silent-refresh.js': ['text/javascript', SILENT_REFRESH_SCRIPT],
      '/yinglian.svg': ['image/svg+xml', VIEWER_LOGO],
    };
    const send = (reply: FastifyReply, type: string, content: string) =>
      reply
        .headers({ ...headers, 'cache-control': 'no-cache' })
        .type(`${type}; charset=utf-8`)
        .send(content);
    for (const [path, [type, content]] of Object.entries(generated)) {
      fastify.get(path, (_request, reply) => send(reply, type, content));
    }
    await fastify.register(fastifyStatic, {
      root: config.VIEWER_APP_FOLDER,
      index: false,
      preCompressed: true,
      cacheControl: false,
      setHeaders: (reply, path) =>
        void reply.headers({
          ...headers,
          'cache-control': HASHED.test(basename(path)) ? 'public, max-age=31536000, immutable' : 'no-cache',
        }),
    });
    fastify.get('/', (_request, reply) => send(reply, 'text/html', page));
    // /viewer and /callback are the app's own addresses; a missing file is missing.
    fastify.setNotFoundHandler((request, reply) =>
      request.method === 'GET' && !/\.\w+$/.test(request.url.split('?')[0] ?? '')
        ? send(reply, 'text/html', page)
        : reply.code(404).headers(headers).send(),
    );
  };
