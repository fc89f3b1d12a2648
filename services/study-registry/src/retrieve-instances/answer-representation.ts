import type { OutgoingHttpHeaders } from 'node:http';
import { ProblemError } from '@yinglian/platform';
import type { FastifyReply } from 'fastify';
import { requestedPart } from '../domain/byte-range.js';
import { precondition } from '../domain/preconditions.js';
import { registryProblems } from '../study-registry.errors.js';
import { answerBody } from './answer-body.js';
import type { Representation } from './representation.js';

/**
 * Answers a GET or HEAD under its conditions (RFC 9110 sections 13 and 14): with what it asks for, a part of it, or 304 when the
 * client has it. Whoever calls this has decided and recorded the access. Throws PRECONDITION_FAILED and RANGE_NOT_SATISFIABLE.
 */
export async function answerRepresentation(reply: FastifyReply, representation: Representation): Promise<void> {
  const { etag, contentEncoding, sizeBytes, lastModified } = representation;
  const headers: OutgoingHttpHeaders = {
    etag,
    vary: 'accept, accept-encoding',
    ...(lastModified === undefined ? {} : { 'last-modified': lastModified.toUTCString() }),
    ...(contentEncoding === undefined ? {} : { 'content-encoding': contentEncoding }),
    ...(representation.part === undefined ? {} : { 'accept-ranges': 'bytes' }),
  };
  const condition = precondition(reply.request.headers, etag, lastModified);
  if (condition === 'failed') throw new ProblemError(registryProblems.PRECONDITION_FAILED, undefined, { etag });
  if (condition === 'not modified') {
    const { 'content-encoding': _, 'accept-ranges': __, ...known } = headers;
    await reply
      .status(304)
      .headers({ ...known, 'cache-control': 'no-store' })
      .send();
    return;
  }
  const part = partOf(reply, representation);
  const digest = await representation.sha256?.(asksForDigest(reply.request.headers['want-repr-digest']));
  if (digest !== undefined) headers['repr-digest'] = `sha-256=:${digest}:`;
  if (part === undefined) return answerBody(reply, representation, { status: 200, headers });
  const { from, length } = part;
  headers['content-range'] = `bytes ${from}-${from + length - 1}/${sizeBytes}`;
  return answerBody(reply, representation.part?.(part) ?? representation, { status: 206, headers });
}

/** Ranges are for GET alone (RFC 9110 section 14.2). */
function partOf(reply: FastifyReply, { part, sizeBytes, etag }: Representation) {
  if (part === undefined || sizeBytes === undefined || reply.request.method !== 'GET') return undefined;
  const wanted = requestedPart(reply.request.headers, sizeBytes, etag);
  if (wanted !== 'none') return wanted === 'whole' ? undefined : wanted;
  throw new ProblemError(registryProblems.RANGE_NOT_SATISFIABLE, undefined, {
    'content-range': `bytes */${sizeBytes}`,
  });
}

/** RFC 9530 section 4: a preference from 0, which is none, to 10. */
const asksForDigest = (header: string | string[] | undefined) =>
  /(^|,)\s*sha-256\s*=\s*[1-9]/.test(String(header ?? ''));
