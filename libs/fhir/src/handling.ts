/**
 * What the client prefers for parameters that are not understood (RFC 7240; http://hl7.org/fhir/R4/search.html#errors). Strict
 * unless it says lenient: to leave out a criterion shows other people than those asked for.
 */
export const handlingOf = (prefer: string | readonly string[] | undefined): 'strict' | 'lenient' =>
  /(^|[,;\s])handling\s*=\s*"?lenient"?/i.test([prefer ?? ''].flat().join(',')) ? 'lenient' : 'strict';
