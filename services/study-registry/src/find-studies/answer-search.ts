import { randomUUID } from 'node:crypto';
import { type DicomJson, nativeModelOf } from '@yinglian/dicom';
import { ProblemError, platformProblems } from '@yinglian/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { choose, type OfferedType, readAccept } from '../domain/accept.js';
import type { SearchLevel } from '../domain/search-attributes.js';
import { RESULTS_AT_MOST, readSearch, type Search, type SearchParameters } from '../domain/search-keys.js';
import { registryProblems } from '../study-registry.errors.js';
import { PACKS_READ_AT_MOST } from './include-fields.js';

const JSON_TYPE = 'application/dicom+json';
const XML_TYPE = 'application/dicom+xml';
/** PS3.18 section 10.6.4: JSON where nothing is said, XML in parts. */
const OFFERS: readonly OfferedType[] = [
  { multipart: false, type: JSON_TYPE },
  { multipart: false, type: 'application/json' },
  { multipart: true, type: XML_TYPE },
];

export interface AskedSearch {
  readonly search: Search;
  readonly mediaType: OfferedType;
}

export interface SearchAnswer {
  readonly results: readonly DicomJson[];
  /** There are more behind this page. */
  readonly more: boolean;
  /** Some results lack what includefield asks for. */
  readonly incomplete: boolean;
}

/** Where the caller reaches DICOMweb, for links: the edge says by which address it was asked. */
export const dicomWebRoot = ({ protocol, headers, host }: FastifyRequest) =>
  `${headers['x-forwarded-proto'] ?? protocol}://${headers['x-forwarded-host'] ?? host}/dicom-web`;

/** @throws ProblemError QUERY_INVALID, NOT_ACCEPTABLE */
export function searchOf(parameters: SearchParameters, level: SearchLevel, { headers }: FastifyRequest): AskedSearch {
  const search = readSearch(parameters, level);
  if (typeof search === 'string') throw new ProblemError(registryProblems.QUERY_INVALID, search);
  const { accept } = parameters;
  const parameter = typeof accept === 'object' ? accept.join(',') : accept;
  const mediaType = choose(readAccept(headers.accept, parameter), OFFERS);
  if (mediaType === undefined) throw new ProblemError(platformProblems.NOT_ACCEPTABLE);
  return { search, mediaType };
}

/** A QIDO-RS answer (PS3.18 section 10.6.3): what was not done as asked stands in a Warning header. */
export function answerSearch(reply: FastifyReply, asked: AskedSearch, answer: SearchAnswer): Buffer | undefined {
  const warnings = warningsOf(asked.search, answer).map((text) => `299 yinglian "${text}"`);
  if (warnings.length > 0) reply.header('warning', warnings.join(', '));
  reply.header('cache-control', 'no-store').header('vary', 'accept');
  // Bytes: to a text Fastify adds a charset, by which some clients do not know the media type again.
  if (asked.mediaType.type === XML_TYPE) return answerXml(reply, answer.results);
  reply.type(asked.mediaType.type);
  return Buffer.from(JSON.stringify(answer.results));
}

const warningsOf = (search: Search, { more, incomplete }: SearchAnswer): string[] => [
  ...(search.multipleValueMatching
    ? ['The multiplevaluematching parameter is not supported. Multiple Value Matching has not been performed.']
    : []),
  ...(more && search.isLimited
    ? [
        `The number of results exceeded the maximum supported by the server, ${RESULTS_AT_MOST}. Additional results can be requested.`,
      ]
    : []),
  ...(more && !search.isLimited ? ['There are additional results that can be requested'] : []),
  ...(incomplete
    ? [
        `What only images say is told of studies that you may open, and from ${PACKS_READ_AT_MOST} packs at most. Some results lack fields.`,
      ]
    : []),
];

/** A part of the Native DICOM Model (PS3.19 section A.1) for each result; there are no parts of nothing. */
function answerXml(reply: FastifyReply, results: readonly DicomJson[]): Buffer | undefined {
  if (results.length === 0) {
    reply.status(204);
    return undefined;
  }
  // Nothing that lies between can have been made to hold it.
  const boundary = `yinglian-${randomUUID()}`;
  reply.type(`multipart/related; type="${XML_TYPE}"; boundary="${boundary}"`);
  const parts = results.map((json) => `--${boundary}\r\nContent-Type: ${XML_TYPE}\r\n\r\n${nativeModelOf(json)}\r\n`);
  return Buffer.from(`${parts.join('')}--${boundary}--\r\n`);
}
