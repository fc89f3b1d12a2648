import type { Assignment } from './measures.js';

/**
 * Where records stand when somebody who knows the truth has answered all questions: of two clusters one is made when records of one
 * person are in both.
 */
export function answerRightly(
  assignments: readonly Assignment[],
  questions: readonly (readonly [Assignment['cluster'], Assignment['cluster']])[],
): Assignment[] {
  const truths = new Map<Assignment['cluster'], Set<Assignment['truth']>>();
  for (const { cluster, truth } of assignments) truths.set(cluster, (truths.get(cluster) ?? new Set()).add(truth));
  const joined = new Map<Assignment['cluster'], Assignment['cluster']>();
  const standing = (cluster: Assignment['cluster']): Assignment['cluster'] => {
    const into = joined.get(cluster);
    return into === undefined ? cluster : standing(into);
  };
  for (const [one, other] of questions) {
    const areOne = [...(truths.get(one) ?? [])].some((truth) => truths.get(other)?.has(truth));
    const [from, into] = [standing(one), standing(other)];
    if (areOne && from !== into) joined.set(from, into);
  }
  return assignments.map(({ cluster, truth }) => ({ truth, cluster: standing(cluster) }));
}
