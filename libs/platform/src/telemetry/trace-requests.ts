import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { meter, tracer } from './telemetry.js';

const UNTRACED = new Set(['/healthz', '/readyz', '/metrics']);

/** One server span and one duration per request, named by route so that no identifier gets into a name. */
export function traceRequests(fastify: FastifyInstance): void {
  const duration = meter().createHistogram('http.server.request.duration.seconds', {
    unit: 's',
    advice: { explicitBucketBoundaries: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] },
  });
  const spans = new WeakMap<FastifyRequest, { end(status: number): void }>();
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (UNTRACED.has(request.url)) return done();
    const route = `${request.method} ${request.routeOptions.url ?? 'unknown'}`;
    const parent = propagation.extract(context.active(), request.headers);
    const span = tracer().startSpan(route, { kind: SpanKind.SERVER }, parent);
    const startedAt = performance.now();
    spans.set(request, {
      end(status) {
        const attributes = {
          'http.request.method': request.method,
          'http.route': request.routeOptions.url ?? 'unknown',
          'http.response.status_code': status,
        };
        if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
        span.setAttributes(attributes).end();
        duration.record((performance.now() - startedAt) / 1000, attributes);
      },
    });
    context.with(trace.setSpan(parent, span), done);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    spans.get(request)?.end(reply.statusCode);
    done();
  });
}

/** Headers that carry the current trace to another service. */
export function traceHeaders(): Record<string, string> {
  const headers: Record<string, string> = {};
  propagation.inject(context.active(), headers);
  return headers;
}
