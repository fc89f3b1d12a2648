import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { platformProblems } from '../errors/platform.errors.js';
import { ProblemError, unwrap } from '../errors/problem.js';
import { AccessTokens } from './access-token.js';
import { ALLOWED, type Allowed, type AuthenticatedRequest } from './allow.decorator.js';
import type { Principal } from './principal.js';

/** Stands before every HTTP address: no declared permission, no entry. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: AccessTokens,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const allowed = this.reflector.getAllAndOverride<Allowed | undefined>(ALLOWED, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (allowed?.everyone) return true;
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const principal = await this.authenticate(request);
    if (!mayEnter(principal, allowed ?? {})) throw new ProblemError(platformProblems.ROLE_NOT_ALLOWED);
    request.principal = principal;
    return true;
  }

  private async authenticate(request: AuthenticatedRequest): Promise<Principal> {
    const [scheme, token] = request.headers.authorization?.split(' ') ?? [];
    if (scheme?.toLowerCase() !== 'bearer' || token === undefined) {
      throw new ProblemError(platformProblems.AUTHENTICATION_REQUIRED, undefined, { 'www-authenticate': 'Bearer' });
    }
    const purpose = request.headers['x-purpose-of-use'];
    const verified = await this.tokens.verify(token, typeof purpose === 'string' ? purpose : undefined);
    if (!verified.ok && verified.problem.status === 401) {
      // RFC 6750 section 3.1
      throw new ProblemError(verified.problem, verified.detail, { 'www-authenticate': 'Bearer error="invalid_token"' });
    }
    return unwrap(verified);
  }
}

function mayEnter(principal: Principal, allowed: Allowed): boolean {
  return principal.kind === 'person'
    ? principal.roles.some((role) => allowed.roles?.includes(role))
    : principal.scopes.some((scope) => allowed.scopes?.includes(scope));
}
