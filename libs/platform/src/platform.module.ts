import { type DynamicModule, Global, Module, StandardSchemaValidationPipe } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { LoggerModule } from 'nestjs-pino';
import { AccessTokens } from './auth/access-token.js';
import { AuthGuard } from './auth/auth.guard.js';
import type { ServiceConfig } from './config/define-config.js';
import { platformProblems } from './errors/platform.errors.js';
import { ProblemFilter } from './errors/problem.filter.js';
import { ProblemError } from './errors/problem.js';
import { PROBLEM_FORMATS, type ProblemFormat } from './errors/problem-format.js';
import { HealthController } from './health/health.controller.js';
import { READINESS_CHECKS, type ReadinessCheck } from './health/readiness.js';
import { loggingOptions } from './logging/logging.js';
import { MetricsController } from './telemetry/metrics.controller.js';

/** What every service has without asking: logs, metrics, health, the auth guard, validation and the problem filter. */
@Global()
@Module({})
export class PlatformModule {
  static forService(
    service: string,
    config: ServiceConfig,
    readiness: readonly ReadinessCheck[] = [],
    problemFormats: readonly ProblemFormat[] = [],
  ): DynamicModule {
    return {
      module: PlatformModule,
      imports: [LoggerModule.forRoot(loggingOptions(service, config.LOG_LEVEL))],
      controllers: [HealthController, MetricsController],
      providers: [
        { provide: AccessTokens, useValue: new AccessTokens(config.OIDC_ISSUER, config.OIDC_JWKS_URL) },
        { provide: READINESS_CHECKS, useValue: readiness },
        { provide: PROBLEM_FORMATS, useValue: problemFormats },
        { provide: APP_GUARD, useClass: AuthGuard },
        { provide: APP_FILTER, useClass: ProblemFilter },
        {
          provide: APP_PIPE,
          useValue: new StandardSchemaValidationPipe({
            exceptionFactory: (issues) =>
              new ProblemError(
                platformProblems.INVALID_REQUEST,
                issues.map((issue) => `${pathOf(issue.path)}: ${issue.message}`).join('; '),
              ),
          }),
        },
      ],
      exports: [AccessTokens],
    };
  }
}

function pathOf(path: readonly (PropertyKey | { key: PropertyKey })[] | undefined): string {
  return (path ?? []).map((step) => String(typeof step === 'object' ? step.key : step)).join('.') || 'value';
}
