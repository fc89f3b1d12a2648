import type { KnownStudy, Places } from './journal-line.js';

/** Of a record in the spool: which segment, and where in it. */
export interface Placed {
  readonly segment: { readonly name: string };
  readonly position: number;
}

/** Names places of records, runs of one segment together. */
export function placesOf(records: readonly Placed[]): Places[] {
  const runs: Places[] = [];
  for (const { segment, position } of records) {
    const last = runs.at(-1);
    if (last?.segment === segment.name) last.positions.push(position);
    else runs.push({ segment: segment.name, positions: [position] });
  }
  return runs;
}

export interface Resumption<R> {
  /** The registry has them. */
  readonly handedOver: readonly R[];
  /** They were to leave together, and may have: the same packs again, byte for byte. */
  readonly packs: readonly (readonly R[])[];
  /** No pack was made of them yet. */
  readonly loose: readonly R[];
}

/**
 * What is to be done with the records of one study that a dead process left. Packs that were divided later are in the
 * journal twice: the last word counts.
 */
export function resume<R extends Placed>(records: readonly R[], known: KnownStudy | undefined): Resumption<R> {
  const free = new Map(records.map((record) => [keyOf(record.segment.name, record.position), record]));
  const take = (places: readonly Places[]): (R | undefined)[] =>
    places.flatMap(({ segment, positions }) =>
      positions.map((position) => {
        const key = keyOf(segment, position);
        const record = free.get(key);
        free.delete(key);
        return record;
      }),
    );
  const present = (taken: readonly (R | undefined)[]) => taken.filter((record) => record !== undefined);
  const handedOver = present(take(known?.handedOver ?? []));
  const packs: R[][] = [];
  const rest: R[] = [];
  for (const places of [...(known?.sealed ?? [])].reverse()) {
    const taken = take(places);
    const whole = present(taken);
    if (whole.length === taken.length) packs.unshift(whole);
    else rest.push(...whole);
  }
  return { handedOver, packs, loose: [...rest, ...free.values()] };
}

const keyOf = (segment: string, position: number) => `${segment} ${position}`;
