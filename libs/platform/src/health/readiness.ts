/** Something that a service needs to serve; `check` throws while it is missing. */
export interface ReadinessCheck {
  readonly name: string;
  check(): Promise<unknown>;
}

/** Provide an array of ReadinessCheck under this token; without it a service is ready when it listens. */
export const READINESS_CHECKS = Symbol('readiness checks');
