import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Role, Scope } from '@yinglian/contracts';
import type { FastifyRequest } from 'fastify';
import { platformProblems } from '../errors/platform.errors.js';
import { ProblemError } from '../errors/problem.js';
import type { PersonPrincipal, Principal, ServicePrincipal } from './principal.js';

export interface Allowed {
  readonly roles?: readonly Role[];
  readonly scopes?: readonly Scope[];
  /** Nobody needs to be signed in. */
  readonly everyone?: boolean;
}

export const ALLOWED = Symbol('allowed');

/** Who may call this: people with one of the roles, or programs with one of the scopes. Without it, nobody may. */
export const Allow = (allowed: Omit<Allowed, 'everyone'>) => SetMetadata(ALLOWED, allowed satisfies Allowed);

/** Anybody may call this, signed in or not. */
export const AllowEveryone = () => SetMetadata(ALLOWED, { everyone: true } satisfies Allowed);

export interface AuthenticatedRequest extends FastifyRequest {
  principal?: Principal;
}

function callerOf(context: ExecutionContext): Principal {
  const { principal } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (principal === undefined) throw new Error('@Caller() needs a guarded address, not one for everyone');
  return principal;
}

/** The verified caller of a request. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Principal => callerOf(context));

/** The verified caller, who must be a person: programs have no business with patients. */
export const CallingPerson = createParamDecorator((_: unknown, context: ExecutionContext): PersonPrincipal => {
  const caller = callerOf(context);
  if (!isPerson(caller)) throw new ProblemError(platformProblems.ROLE_NOT_ALLOWED);
  return caller;
});

export const isPerson = (principal: Principal): principal is PersonPrincipal => principal.kind === 'person';
export const isService = (principal: Principal): principal is ServicePrincipal => principal.kind === 'service';
