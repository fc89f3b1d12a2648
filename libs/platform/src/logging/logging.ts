import { trace } from '@opentelemetry/api';
import type { Params } from 'nestjs-pino';

/**
 * JSON lines with the trace they belong to. Requests are logged by route, never by address: addresses of DICOMweb and
 * of searches can hold patient data.
 */
export function loggingOptions(service: string, level: string): Params {
  return {
    pinoHttp: {
      level,
      base: { service },
      formatters: { level: (label) => ({ level: label }) },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      mixin: () => {
        const span = trace.getActiveSpan()?.spanContext();
        return span === undefined ? {} : { traceId: span.traceId, spanId: span.spanId };
      },
      autoLogging: false,
      serializers: { req: () => undefined, res: () => undefined },
      quietReqLogger: true,
    },
  };
}
