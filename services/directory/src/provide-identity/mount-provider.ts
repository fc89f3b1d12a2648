import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Database } from '@yinglian/persistence';
import { type KoaContextWithOIDC, Provider } from 'oidc-provider';
import { SessionEnder } from '../keep-sessions/session-ender.js';
import { addressOf } from '../sign-in/open-sign-in.js';
import { OPENER_POLICY } from '../sign-in/page-frame.js';

const PREFIX = '/oidc';

/**
 * Hands everything below /oidc that no controller answers to the provider, which speaks Koa. Its addresses are the
 * issuer's, whichever way a request came.
 */
export async function mountProvider(app: NestFastifyApplication): Promise<void> {
  const provider = app.get(Provider);
  const database = app.get(Database);
  const ender = app.get(SessionEnder);
  provider.use(async (context: KoaContextWithOIDC, next) => {
    await next();
    await endWhoSignedOut(context, database, ender);
  });
  const handle = provider.callback();
  const { host, protocol } = new URL(provider.issuer);
  const fastify = app.getHttpAdapter().getInstance();
  await fastify.register(async (scope) => {
    // The provider reads its bodies itself.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    scope.all(`${PREFIX}/*`, async (request, reply) => {
      reply.hijack();
      for (const [name, value] of Object.entries(OPENER_POLICY)) reply.raw.setHeader(name, value);
      const { raw } = request;
      const originalUrl = raw.url ?? PREFIX;
      raw.headers['x-forwarded-host'] = host;
      raw.headers['x-forwarded-proto'] = protocol.slice(0, -1);
      await handle(Object.assign(raw, { originalUrl, url: originalUrl.slice(PREFIX.length) }), reply.raw);
    });
  });
}

/** A session that the provider destroyed was signed out of by its person. */
async function endWhoSignedOut({ oidc, headers, ip }: KoaContextWithOIDC, database: Database, ender: SessionEnder) {
  const session = oidc?.session;
  if (oidc?.route !== 'end_session_confirm' || session?.accountId === undefined || !('destroyed' in session)) return;
  const { accountId, uid } = session;
  const ending = { by: accountId, address: addressOf({ headers, ip }), code: 'SIGNED_OUT' };
  await database.transaction((tx) => ender.end(tx, accountId, { uid }, ending, new Date()));
}
