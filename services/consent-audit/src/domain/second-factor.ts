/** How long after it was proved a second factor still says that the person is there. */
const FRESH_MS = 5 * 60_000;
/** Clocks of two machines differ a little. */
const SKEW_MS = 30_000;

export function isProvedLately(secondFactorAt: Date | null, now: Date): secondFactorAt is Date {
  if (secondFactorAt === null) return false;
  const ageMs = now.getTime() - secondFactorAt.getTime();
  return ageMs >= -SKEW_MS && ageMs <= FRESH_MS;
}
