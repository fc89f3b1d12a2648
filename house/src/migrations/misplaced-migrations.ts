/**
 * The runner orders migrations by the number before their name, and one of 17 digits is a date to it, one of 14 is not: it comes after all
 * of those. A database that is there has run the shorter ones and refuses a longer one for being late.
 * @param names of the files of one folder
 */
export function misplacedMigrations(names: readonly string[]): string[] {
  const inOrder = [...names].sort();
  const firstShort = inOrder.findIndex((name) => digitsOf(name) < LONG);
  return inOrder.filter((name, at) => firstShort >= 0 && at > firstShort && digitsOf(name) >= LONG);
}

const LONG = 17;
const digitsOf = (name: string) => /^\d*/.exec(name)?.[0].length ?? 0;
