import type { PersonPrincipal } from '@yinglian/platform';
import type { FastifyRequest } from 'fastify';
import type { Officer } from '../domain/duties.js';
import { addressOf } from '../sign-in/open-sign-in.js';

/** Who does something about an account, and from where. */
export interface ActingPerson extends Officer {
  readonly address: string | null;
  /** As their token says. */
  readonly person: PersonPrincipal;
}

export const actingPerson = (person: PersonPrincipal, request: FastifyRequest): ActingPerson => ({
  by: person.subject,
  roles: person.roles,
  hospital: person.hospital,
  person,
  address: addressOf(request),
});
