import {
  applyDecorators,
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  UseGuards,
} from '@nestjs/common';
import { AllowEveryone, ProblemError } from '@yinglian/platform';
import type { FastifyRequest } from 'fastify';
import { pageProblems } from '../gateway.errors.js';
import { PageTransportGuard } from './page-transport.guard.js';
import { SameOriginGuard } from './same-origin.guard.js';
import { sessionSecretOf } from './session-cookie.js';
import type { PageUser } from './session-state.js';
import { Sessions } from './sessions.js';

interface PageRequest extends FastifyRequest {
  pageUser?: PageUser;
}

/** Whoever has a session. */
@Injectable()
export class PageGuard implements CanActivate {
  constructor(private readonly sessions: Sessions) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<PageRequest>();
    const isPersonThere = request.method !== 'GET' || request.headers['x-person'] === 'there';
    const user = this.sessions.userOf(sessionSecretOf(request), isPersonThere);
    if (user === undefined) throw new ProblemError(pageProblems.PAGE_SIGN_IN_NEEDED);
    request.pageUser = user;
    return true;
  }
}

/** For controllers of the gateway's page: only who is signed in there, and only from the page itself. */
export const OnThePage = () =>
  applyDecorators(AllowEveryone(), UseGuards(PageTransportGuard, SameOriginGuard, PageGuard));

/** Who acts, for controllers that are `OnThePage`. */
export const ActingUser = createParamDecorator((_: unknown, context: ExecutionContext): PageUser => {
  const { pageUser } = context.switchToHttp().getRequest<PageRequest>();
  if (pageUser === undefined) throw new Error('@ActingUser() needs a controller that is @OnThePage()');
  return pageUser;
});
