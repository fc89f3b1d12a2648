import type { DicomJson } from '@yinglian/dicom';
import { ProblemError } from '@yinglian/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readSearch, type Search, type SearchParameters } from '../domain/search-keys.js';
import { registryProblems } from '../study-registry.errors.js';

/** Where the caller reaches DICOMweb, for links: the edge says by which address it was asked. */
export const dicomWebRoot = ({ protocol, headers, host }: FastifyRequest) =>
  `${headers['x-forwarded-proto'] ?? protocol}://${headers['x-forwarded-host'] ?? host}/dicom-web`;

/** @throws ProblemError QUERY_INVALID */
export function searchOf(parameters: SearchParameters, searchable: ReadonlySet<string>): Search {
  const search = readSearch(parameters, searchable);
  if (typeof search === 'string') throw new ProblemError(registryProblems.QUERY_INVALID, search);
  return search;
}

/** A QIDO-RS answer (PS3.18 section 10.6.3): what was not done as asked stands in Warning headers. */
export function answerSearch(
  reply: FastifyReply,
  results: readonly DicomJson[],
  search: Search,
  more: boolean,
): Buffer {
  const warnings = [
    ...(search.fuzzyMatching
      ? ['299 yinglian "The fuzzymatching parameter is not supported. Only literal matching has been performed."']
      : []),
    ...(more ? ['299 yinglian "There are additional results that can be requested"'] : []),
  ];
  if (warnings.length > 0) reply.header('warning', warnings.join(', '));
  reply.header('cache-control', 'no-store').type('application/dicom+json');
  // Bytes: to a text Fastify adds a charset, by which some clients do not know the media type again.
  return Buffer.from(JSON.stringify(results));
}
