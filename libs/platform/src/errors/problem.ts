/** One expected failure of a service: its stable code, HTTP status and what it means. */
export interface ProblemType {
  readonly code: string;
  readonly status: number;
  readonly title: string;
}

/**
 * Declares a service's expected failures. The key is the stable code that clients rely on; docs/reference/errors.md is
 * generated from these.
 */
export function defineProblems<const Codes extends Record<string, { status: number; title: string }>>(
  problems: Codes,
): { readonly [Code in keyof Codes & string]: ProblemType } {
  const entries = Object.entries(problems).map(([code, { status, title }]) => [code, { code, status, title }]);
  return Object.fromEntries(entries) as { [Code in keyof Codes & string]: ProblemType };
}

/** A value that says what went wrong, for the caller to translate to its own protocol. */
export interface Failure {
  readonly ok: false;
  readonly problem: ProblemType;
  /** For the person who reads it; never patient data. */
  readonly detail?: string;
}

export interface Success<T> {
  readonly ok: true;
  readonly value: T;
}

export type Result<T> = Success<T> | Failure;

export const success = <T>(value: T): Success<T> => ({ ok: true, value });

export const failure = (problem: ProblemType, detail?: string): Failure =>
  detail === undefined ? { ok: false, problem } : { ok: false, problem, detail };

/** The value of a success; a failure is thrown for the problem filter to answer as RFC 9457. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new ProblemError(result.problem, result.detail);
}

/** A problem on its way to the one filter that answers it. */
export class ProblemError extends Error {
  constructor(
    readonly problem: ProblemType,
    readonly detail?: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(problem.title);
    this.name = 'ProblemError';
  }
}
