import { trace } from '@opentelemetry/api';
import type { Params } from 'nestjs-pino';
import type { LogFn, Logger } from 'pino';
import { isError, messageOf, stackOf } from '../errors/describe-error.js';

/**
 * JSON lines with the trace they belong to. Requests are logged by route, never by address: addresses of DICOMweb and
 * of searches can hold patient data.
 */
export function loggingOptions(service: string, level: string): Params {
  return {
    // No logger of its own for each request: the active span says which one a line belongs to.
    forRoutes: [],
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
      serializers: { req: () => undefined, res: () => undefined, err: errorFields },
      // pino-http would hand the serializer a copy with all fields of the error in it.
      wrapSerializers: false,
      hooks: { logMethod: sayWithoutValues },
      quietReqLogger: true,
    },
  };
}

/** Of an error only what cannot be a value of a row. */
const errorFields = (error: unknown) => ({
  type: isError(error) ? error.name : typeof error,
  ...(isError(error) && 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
  stack: stackOf(error),
});

/** An error that is logged without words gets them here; pino would take its message as it is. */
function sayWithoutValues(this: Logger, given: Parameters<LogFn>, log: LogFn): void {
  const [what, words]: readonly unknown[] = given;
  const error = typeof what === 'object' && what !== null && 'err' in what ? what.err : what;
  if (isError(error) && words === undefined) log.call(this, what, messageOf(error));
  else log.apply(this, given);
}
