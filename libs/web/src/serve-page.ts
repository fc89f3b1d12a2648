import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync } from 'fastify';
import { currentPage } from './current-page.js';
import { pageHeaders, pagePolicy } from './page-headers.js';

export interface ServedPage {
  /** Of the built app: `index.html` and `assets/`. */
  readonly folder: string;
  /** Where the page is: at the root alone, or at every address that is not one of these. */
  readonly at: '/' | { readonly allBut: RegExp };
  /** What the app must know before it asks for anything. */
  readonly settings?: object;
  /** Who may show it in a frame. */
  readonly framedBy: 'self' | 'nobody';
}

/** A built web app: files below /assets carry their content's hash in their name and are kept for ever, its one page never. */
export const servePage =
  ({ folder, at, settings, framedBy }: ServedPage): FastifyPluginAsync =>
  async (fastify) => {
    const page = await currentPage(folder, settings);
    const headers = { ...pageHeaders, 'content-security-policy': pagePolicy(framedBy) };
    await fastify.register(fastifyStatic, {
      root: join(folder, 'assets'),
      prefix: '/assets/',
      index: false,
      preCompressed: true,
      immutable: true,
      maxAge: '1y',
      setHeaders: (reply) => void reply.headers(headers),
    });
    fastify.get(at === '/' ? '/' : '/*', async (request, reply) => {
      if (at !== '/' && at.allBut.test(request.url.split('?')[0] ?? '')) return reply.callNotFound();
      return reply
        .headers({ ...headers, 'cache-control': 'no-cache' })
        .type('text/html; charset=utf-8')
        .send(await page());
    });
  };
