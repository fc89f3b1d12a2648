import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

const NAME = 'yinglian-gateway';

/** Empty when the browser has none. */
export const sessionSecretOf = ({ headers }: FastifyRequest): string => parseCookie(headers.cookie ?? '')[NAME] ?? '';

/** For this browser session, out of scripts' reach, sent by our own page only, and over TLS where that is spoken. */
export function giveSession(request: FastifyRequest, reply: FastifyReply, secret: string): void {
  // The browser says so, also when a proxy speaks TLS for us.
  const secure = request.protocol === 'https' || request.headers.origin?.startsWith('https:') === true;
  const attributes = { path: '/api/gateway', httpOnly: true, sameSite: 'strict', secure } as const;
  void reply.header('set-cookie', stringifySetCookie({ name: NAME, value: secret, ...attributes }));
}

export function takeSession(reply: FastifyReply): void {
  void reply.header('set-cookie', stringifySetCookie({ name: NAME, value: '', path: '/api/gateway', maxAge: 0 }));
}
