import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject, Logger } from '@nestjs/common';
import { trace } from '@opentelemetry/api';
import type { FastifyReply } from 'fastify';
import { isError, stackOf } from './describe-error.js';
import { isOutage } from './outage.js';
import { platformProblems } from './platform.errors.js';
import { ProblemError, type ProblemType } from './problem.js';
import { PROBLEM_FORMATS, type ProblemFormat, problemJson } from './problem-format.js';

const BY_STATUS = new Map<number, ProblemType>([
  [400, platformProblems.INVALID_REQUEST],
  [401, platformProblems.AUTHENTICATION_REQUIRED],
  [403, platformProblems.ROLE_NOT_ALLOWED],
  [404, platformProblems.NOT_FOUND],
  [405, platformProblems.METHOD_NOT_ALLOWED],
  [406, platformProblems.NOT_ACCEPTABLE],
  [413, platformProblems.PAYLOAD_TOO_LARGE],
  [415, platformProblems.UNSUPPORTED_MEDIA_TYPE],
  [429, platformProblems.TOO_MANY_REQUESTS],
  [503, platformProblems.UNAVAILABLE],
]);

const SAY_OUTAGE_EVERY_MS = 60_000;
const OUTAGE: Described = { problem: platformProblems.UNAVAILABLE, headers: { 'retry-after': '1' } };

/** The one place where an exception becomes an answer: RFC 9457 problem details, or the form of the standard spoken there, with a stable code. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);
  private outageSaidAt = Number.NEGATIVE_INFINITY;

  constructor(@Inject(PROBLEM_FORMATS) private readonly formats: readonly ProblemFormat[]) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const [path = ''] = reply.request.url.split('?');
    const described = describe(exception);
    if (described.problem.status >= 500 && !this.isSaid(exception)) this.logger.error(stackOf(exception));
    if (reply.sent || reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    answerProblem(
      reply,
      described,
      this.formats.find((format) => format.isFor(path)),
    );
  }

  /** While a server is away, every request says the same. */
  private isSaid(exception: unknown): boolean {
    if (!isOutage(exception)) return false;
    const now = performance.now();
    if (now - this.outageSaidAt < SAY_OUTAGE_EVERY_MS) return true;
    this.outageSaidAt = now;
    return false;
  }
}

/** What Fastify refuses before any route is found: an address that cannot be decoded, one that is too long. */
export const answerFrameworkError = (error: Error, _request: unknown, reply: FastifyReply): void =>
  answerProblem(reply, { ...describe(error), problem: platformProblems.INVALID_REQUEST });

interface Described {
  readonly problem: ProblemType;
  readonly detail?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

function answerProblem(reply: FastifyReply, { headers, ...described }: Described, format = problemJson): void {
  void reply
    .status(described.problem.status)
    .headers({ ...headers, 'cache-control': 'no-store' })
    .type(format.mediaType)
    .send(format.bodyOf({ ...described, traceId: trace.getActiveSpan()?.spanContext().traceId }));
}

function describe(exception: unknown): Described {
  if (exception instanceof ProblemError) {
    return { problem: exception.problem, detail: exception.detail, headers: exception.headers };
  }
  if (isOutage(exception)) return OUTAGE;
  const status = statusOf(exception);
  const problem = status === undefined ? undefined : BY_STATUS.get(status);
  return problem === undefined
    ? { problem: platformProblems.INTERNAL_ERROR }
    : { problem, detail: isError(exception) ? exception.message : undefined };
}

/** The status that Nest or Fastify gave an error of the caller's making. */
function statusOf(exception: unknown): number | undefined {
  if (exception instanceof HttpException) return exception.getStatus();
  if (isError(exception) && 'statusCode' in exception && typeof exception.statusCode === 'number') {
    return exception.statusCode;
  }
  return undefined;
}
