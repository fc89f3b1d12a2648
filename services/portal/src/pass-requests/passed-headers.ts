import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from 'node:http';

/** Meant for one connection only (RFC 9110 section 7.6.1), and what the far side decides anew. */
const HOP_BY_HOP = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Said by the edge alone: whatever a client claims about its way here is dropped. */
const SAID_BY_THE_EDGE = /^(forwarded$|x-forwarded-|x-real-ip$)/;

/** A service's own: nobody outside needs to know what it is made of. */
const MAKERS = new Set(['server', 'x-powered-by']);

/**
 * The headers that a request carries to a service.
 * @param publicAddress the address that the client used, by which a service makes absolute links
 */
export function requestHeaders(request: IncomingMessage, publicAddress: URL): OutgoingHttpHeaders {
  const headers = endToEnd(request.headers, (name) => SAID_BY_THE_EDGE.test(name));
  // A body of unknown length stays one: chunks are passed on as they come.
  if (request.headers['transfer-encoding'] !== undefined) headers['transfer-encoding'] = 'chunked';
  return {
    ...headers,
    host: publicAddress.host,
    'x-forwarded-for': request.socket.remoteAddress ?? '',
    'x-forwarded-host': publicAddress.host,
    'x-forwarded-proto': publicAddress.protocol.slice(0, -1),
  };
}

/** The headers of a service's answer that reach the client. */
export const responseHeaders = (headers: IncomingHttpHeaders): OutgoingHttpHeaders => ({
  'x-content-type-options': 'nosniff',
  ...endToEnd(headers, (name) => MAKERS.has(name)),
});

function endToEnd(headers: IncomingHttpHeaders, isDropped: (name: string) => boolean): OutgoingHttpHeaders {
  const named = new Set((headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase()));
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name) && !named.has(name) && !isDropped(name)),
  );
}
