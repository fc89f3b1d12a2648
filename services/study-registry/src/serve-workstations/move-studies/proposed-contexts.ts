import type { StoredInstance } from '../../storage/study-contents.js';
import { sendableSyntaxes } from '../deliver-instances/instance-data-set.js';

/** A-ASSOCIATE-RQ has odd numbers of one byte for them (PS3.8 section 9.3.2.2). */
const MOST_CONTEXTS = 128;

interface Proposed {
  readonly contexts: readonly {
    readonly id: number;
    readonly abstractSyntax: string;
    readonly transferSyntaxes: readonly string[];
  }[];
  /** Those that the contexts are for. */
  readonly instances: ReadonlySet<StoredInstance>;
}

/**
 * Contexts for as many instances as one association has room for, from a place on. Each pair of class and transfer syntax has one of its
 * own, so that it is seen which of them the destination takes.
 */
export function contextsFrom(all: readonly StoredInstance[], from: number): Proposed {
  const pairs = new Map<string, { abstractSyntax: string; transferSyntaxes: string[] }>();
  const instances = new Set<StoredInstance>();
  for (const instance of all.slice(from)) {
    const added = sendableSyntaxes(instance)
      .map((syntax) => ({ abstractSyntax: instance.sopClassUid, transferSyntaxes: [syntax] }))
      .filter((pair) => !pairs.has(keyOf(pair)));
    if (pairs.size + added.length > MOST_CONTEXTS) break;
    for (const pair of added) pairs.set(keyOf(pair), pair);
    instances.add(instance);
  }
  return { contexts: [...pairs.values()].map((pair, place) => ({ id: place * 2 + 1, ...pair })), instances };
}

const keyOf = ({ abstractSyntax, transferSyntaxes }: { abstractSyntax: string; transferSyntaxes: readonly string[] }) =>
  `${abstractSyntax} ${transferSyntaxes}`;
