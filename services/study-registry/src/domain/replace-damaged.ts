import type { Exchange } from './exchange-versions.js';

/** A pack with what stands in it, and the places of its manifest that it does not register. */
export interface PackContents {
  readonly digest: string;
  readonly instances: readonly { readonly sopInstanceUid: string; readonly dataSetSha256: string }[];
  readonly leftOut: readonly number[];
}

export interface Replacement {
  readonly exchanges: readonly Exchange[];
  /** Whether nothing is registered by the damaged pack any more once they are made. */
  readonly isWhole: boolean;
}

/**
 * Which instances that a damaged pack registers stand elsewhere too, left out there since they came again: the same instance with
 * the same data set, bit by bit. Of several packs the first that has one.
 */
export function replaceDamaged(damaged: PackContents, others: readonly PackContents[]): Replacement {
  const spare = new Map<string, Exchange['registered']>();
  for (const { digest, instances, leftOut } of others) {
    for (const place of leftOut) {
      const instance = instances[place];
      if (instance === undefined || spare.has(keyOf(instance))) continue;
      const { sopInstanceUid, dataSetSha256 } = instance;
      spare.set(keyOf(instance), { digest, place, sopInstanceUid, dataSetSha256 });
    }
  }
  const aside = new Set(damaged.leftOut);
  const registered = damaged.instances.flatMap(({ sopInstanceUid, dataSetSha256 }, place) =>
    aside.has(place) ? [] : [{ digest: damaged.digest, place, sopInstanceUid, dataSetSha256 }],
  );
  const exchanges = registered.flatMap((leftOut) => {
    const instead = spare.get(keyOf(leftOut));
    return instead === undefined ? [] : [{ registered: instead, leftOut }];
  });
  return { exchanges, isWhole: exchanges.length === registered.length };
}

const keyOf = ({ sopInstanceUid, dataSetSha256 }: PackContents['instances'][number]) =>
  `${sopInstanceUid} ${dataSetSha256}`;
