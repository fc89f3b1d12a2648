/**
 * A parameter that a statement reads without the planner's seeing its value. PostgreSQL keeps the plan of a named statement only if a plan
 * for any value looks no dearer than one for the value at hand, and for a short list it does: such a statement is planned anew each time
 * it is carried out, which costs several times what carrying it out does.
 * @param parameter $1
 * @param type of the parameter: text[]
 */
export const plannedOnce = (parameter: `$${number}`, type: string): string => `(SELECT ${parameter}::${type})::${type}`;
