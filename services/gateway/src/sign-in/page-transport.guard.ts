import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { ProblemError } from '@yinglian/platform';
import type { FastifyRequest } from 'fastify';
import type { GatewayConfig } from '../gateway.config.js';
import { pageProblems } from '../gateway.errors.js';
import { GATEWAY_CONFIG } from '../gateway.tokens.js';
import { needsTls } from './needs-tls.js';

/** What the page asks comes over TLS where the page has it, or from this machine. */
@Injectable()
export class PageTransportGuard implements CanActivate {
  constructor(@Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig) {}

  canActivate(context: ExecutionContext): boolean {
    if (needsTls(this.config, context.switchToHttp().getRequest<FastifyRequest>())) {
      throw new ProblemError(pageProblems.PAGE_NEEDS_TLS);
    }
    return true;
  }
}
