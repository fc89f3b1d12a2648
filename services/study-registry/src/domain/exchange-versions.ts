/** Where a version of an instance stands: its place in a pack. */
export interface Version {
  readonly digest: string;
  readonly place: number;
  readonly sopInstanceUid: string;
  readonly dataSetSha256: string;
}

/** A quarantined version, and what it stands in place of while it is registered. */
export interface KeptVersion extends Version {
  readonly displaced: Version | null;
}

export interface Exchange {
  /** Becomes registered. */
  readonly registered: Version;
  /** Stays stored, and is shown no more. */
  readonly leftOut: Version;
}

const same = (a: Version, b: Version) => a.digest === b.digest && a.place === b.place;

/**
 * The exchange by which quarantined versions become the registered ones; of several of one instance the last that came.
 * Undefined when one of them has nothing to stand in place of in its series.
 */
export function takeOthers(
  quarantined: readonly KeptVersion[],
  registered: ReadonlyMap<string, Version>,
): readonly Exchange[] | undefined {
  const latest = new Map(quarantined.map((version) => [version.sopInstanceUid, version]));
  const exchanges = [...latest.values()].flatMap((version) => {
    const first = registered.get(version.sopInstanceUid);
    return first === undefined ? [] : [{ registered: version, leftOut: first }];
  });
  return exchanges.length === latest.size ? exchanges : undefined;
}

/** The way back. Undefined when one of them is not the registered version any more. */
export function putBack(
  quarantined: readonly KeptVersion[],
  registered: ReadonlyMap<string, Version>,
): readonly Exchange[] | undefined {
  const taken = quarantined.filter(({ displaced }) => displaced !== null);
  const exchanges = taken.flatMap((version) => {
    const now = registered.get(version.sopInstanceUid);
    const isStill = now !== undefined && same(now, version);
    return version.displaced === null || !isStill ? [] : [{ registered: version.displaced, leftOut: version }];
  });
  return exchanges.length === taken.length ? exchanges : undefined;
}
