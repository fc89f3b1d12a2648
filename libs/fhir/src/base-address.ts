import type { FastifyRequest } from 'fastify';

/** The address that the client knows this FHIR server by: behind the edge, the edge's. */
export const baseAddressOf = ({ headers, protocol, host }: FastifyRequest): string =>
  `${headers['x-forwarded-proto'] ?? protocol}://${headers['x-forwarded-host'] ?? host}/fhir`;
