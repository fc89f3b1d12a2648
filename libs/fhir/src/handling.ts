export type Handling = 'strict' | 'lenient';

/**
 * What the client prefers for parameters that are not understood (RFC 7240; http://hl7.org/fhir/R4/search.html#errors).
 * @param unlessTold what it is taken to prefer when it says neither
 */
export function handlingOf(prefer: string | readonly string[] | undefined, unlessTold: Handling): Handling {
  const told = /(?:^|[,;\s])handling\s*=\s*"?(lenient|strict)/i
    .exec([prefer ?? ''].flat().join(','))?.[1]
    ?.toLowerCase();
  return told === 'lenient' || told === 'strict' ? told : unlessTold;
}
