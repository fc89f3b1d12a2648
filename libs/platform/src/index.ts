export { AccessTokens } from './auth/access-token.js';
export {
  Allow,
  AllowEveryone,
  type AuthenticatedRequest,
  Caller,
  CallingPerson,
  isPerson,
  isService,
} from './auth/allow.decorator.js';
export { clientAssertion } from './auth/client-assertion.js';
export type { PersonPrincipal, Principal, ServicePrincipal } from './auth/principal.js';
export { requireSecondFactor } from './auth/second-factor.js';
export { SignInPatience } from './auth/sign-in-patience.js';
export { type ConfigDefinition, defineConfig, type ServiceConfig, TOKEN_AUDIENCE } from './config/define-config.js';
export { type Deed, type Doer, deedBy, type RecordedDeed } from './deeds/deed-by.js';
export { dropUnreadBodies } from './drop-unread-bodies.js';
export { isError, messageOf, stackOf } from './errors/describe-error.js';
export { isOutage } from './errors/outage.js';
export { platformProblems } from './errors/platform.errors.js';
export {
  defineProblems,
  type Failure,
  failure,
  ProblemError,
  type ProblemType,
  type Result,
  type Success,
  success,
  unwrap,
} from './errors/problem.js';
export type { ProblemFormat, SaidProblem } from './errors/problem-format.js';
export type { ReadinessCheck } from './health/readiness.js';
export { OutsideApi } from './openapi/outside-api.js';
export { PlatformModule } from './platform.module.js';
export { type FailedTurns, RepeatedWork } from './repeated-work.js';
export { RepeatedWorker } from './repeated-worker.js';
export { Slots } from './slots.js';
export { createService, type RunningService, type ServiceDefinition, startService } from './start-service.js';
export { meter, tracer } from './telemetry/telemetry.js';
export { traceHeaders } from './telemetry/trace-requests.js';
