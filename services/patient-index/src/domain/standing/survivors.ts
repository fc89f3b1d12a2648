/** Two persons who are one, as long as it stands. */
export interface Merge {
  readonly fromId: string;
  readonly intoId: string;
}

/**
 * Who stands for each of the persons (ADR 0026). `merges` are those that stand, in the order they were made: each joins the groups of its
 * two ends, and who stands for the group it leads into stands for both. Those within one group already change nothing.
 */
export function survivorsOf(personIds: Iterable<string>, merges: readonly Merge[]): Map<string, string> {
  const survivors = new Map([...personIds].map((personId) => [personId, personId]));
  for (const { fromId, intoId } of merges) {
    const [left, joined] = [survivors.get(fromId), survivors.get(intoId)];
    if (left === undefined || joined === undefined || left === joined) continue;
    for (const [personId, survivor] of survivors) if (survivor === left) survivors.set(personId, joined);
  }
  return survivors;
}
