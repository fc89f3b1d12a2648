import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { ProblemError } from '@yinglian/platform';
import type { FastifyRequest } from 'fastify';
import { pageProblems } from '../gateway.errors.js';

/**
 * What changes anything must come from the page itself: browsers name the origin of such requests (Fetch standard, "Origin"
 * header), and another site cannot name ours.
 */
@Injectable()
export class SameOriginGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { method, headers } = context.switchToHttp().getRequest<FastifyRequest>();
    if (method === 'GET' || method === 'HEAD') return true;
    if (hostOf(headers.origin) === headers.host) return true;
    throw new ProblemError(pageProblems.PAGE_FROM_ELSEWHERE);
  }
}

/** No host at all for the origin `null`, and for none. */
function hostOf(origin: string | undefined): string | null {
  return origin !== undefined && URL.canParse(origin) ? new URL(origin).host : null;
}
