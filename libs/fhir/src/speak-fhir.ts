import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { ProblemError, platformProblems } from '@yinglian/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { FHIR_JSON, takesFhirJson } from './media-type.js';

/** Answers a controller's resources as FHIR JSON, to those who take it; patients' data is kept by no cache. */
@Injectable()
export class SpeakFhir implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const { headers, query } = http.getRequest<FastifyRequest<{ Querystring: Record<string, unknown> }>>();
    const { _format } = query;
    if (!takesFhirJson(headers.accept, typeof _format === 'string' ? _format : undefined)) {
      throw new ProblemError(platformProblems.NOT_ACCEPTABLE);
    }
    http.getResponse<FastifyReply>().type(`${FHIR_JSON}; charset=utf-8`).header('cache-control', 'no-store');
    return next.handle();
  }
}
