import type { PersonPrincipal } from '@yinglian/platform';
import type { FastifyRequest } from 'fastify';
import type { Officer } from '../domain/duties.js';
import { addressOf } from '../sign-in/open-sign-in.js';

/** Who does something about an account, and from where. */
export interface ActingPerson extends Officer {
  readonly address: string | null;
}

export const actingPerson = ({ subject, roles, hospital }: PersonPrincipal, request: FastifyRequest): ActingPerson => ({
  by: subject,
  roles,
  hospital,
  address: addressOf(request),
});
