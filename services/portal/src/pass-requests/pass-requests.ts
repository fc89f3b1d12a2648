import type { FastifyPluginAsync } from 'fastify';
import type { Upstream } from './upstream.js';

/** Mounts services: everything at or below a path goes to its service, unread and of any size. */
export const passRequests =
  (upstreams: Readonly<Record<string, Upstream>>): FastifyPluginAsync =>
  async (fastify) => {
    fastify.removeAllContentTypeParsers();
    fastify.addContentTypeParser('*', (_request, _payload, done) => done(null));
    for (const [path, upstream] of Object.entries(upstreams)) {
      for (const url of [path, `${path}/*`]) {
        fastify.all(url, async (request, reply) => {
          reply.hijack();
          await upstream.pass(request.raw, reply.raw);
        });
      }
    }
    fastify.addHook('onClose', async () => {
      for (const upstream of Object.values(upstreams)) upstream.close();
    });
  };
