/** Whoever stands so many places further in a list; null at its ends. Of someone who is not in it: its first. */
export function neighbour(ids: readonly string[], current: string | null, step: 1 | -1): string | null {
  const at = current === null ? -1 : ids.indexOf(current);
  if (at === -1) return ids[0] ?? null;
  return ids[at + step] ?? null;
}

/** What comes up once one is decided: the next one, at the end of the list the one before. */
export const afterDecision = (ids: readonly string[], decided: string): string | null =>
  neighbour(ids, decided, 1) ?? neighbour(ids, decided, -1);
