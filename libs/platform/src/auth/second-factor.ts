import { platformProblems } from '../errors/platform.errors.js';
import { failure, type Result, success } from '../errors/problem.js';
import type { PersonPrincipal } from './principal.js';

/** How long after it was proved a second factor still says that the person is there. */
const FRESH_MS = 5 * 60_000;
/** Clocks of two machines differ a little. */
const SKEW_MS = 30_000;

/** When the person proved their second factor, if that is not long ago; else SECOND_FACTOR_NEEDED. */
export function requireSecondFactor(
  { secondFactorAt }: Pick<PersonPrincipal, 'secondFactorAt'>,
  now: Date,
): Result<Date> {
  const ageMs = secondFactorAt === null ? Number.NaN : now.getTime() - secondFactorAt.getTime();
  return secondFactorAt !== null && ageMs >= -SKEW_MS && ageMs <= FRESH_MS
    ? success(secondFactorAt)
    : failure(platformProblems.SECOND_FACTOR_NEEDED);
}
