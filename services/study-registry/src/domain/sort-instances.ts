export type QuarantineReason = 'STUDY_OF_ANOTHER_HOSPITAL' | 'SAME_UID_OTHER_BYTES';

export interface KnownBytes {
  readonly sopInstanceUid: string;
  readonly dataSetSha256: string;
}

export interface SortedInstances {
  readonly stored: readonly number[];
  readonly duplicates: readonly number[];
  readonly quarantined: readonly { readonly place: number; readonly reason: QuarantineReason }[];
}

/**
 * What becomes of each instance of a pack, by its place in it. The same bytes again are a duplicate, whoever sends them;
 * other bytes under a known UID, or more of another hospital's study, are kept aside.
 */
export function sortInstances(
  incoming: readonly KnownBytes[],
  registered: ReadonlyMap<string, string>,
  quarantined: readonly KnownBytes[],
  isOwner: boolean,
): SortedInstances {
  const aside = new Set(quarantined.map(keyOf));
  const stored: number[] = [];
  const duplicates: number[] = [];
  const quarantine: { place: number; reason: QuarantineReason }[] = [];
  incoming.forEach((instance, place) => {
    const known = registered.get(instance.sopInstanceUid);
    if (isOwner && known === undefined) stored.push(place);
    else if (known === instance.dataSetSha256 || aside.has(keyOf(instance))) duplicates.push(place);
    else quarantine.push({ place, reason: isOwner ? 'SAME_UID_OTHER_BYTES' : 'STUDY_OF_ANOTHER_HOSPITAL' });
  });
  return { stored, duplicates, quarantined: quarantine };
}

/** Places of the instances that are kept while something else, or nothing, is registered under their UIDs. */
export const notServed = (instances: readonly KnownBytes[], registered: ReadonlyMap<string, string>): number[] =>
  instances.flatMap(({ sopInstanceUid, dataSetSha256 }, place) =>
    registered.get(sopInstanceUid) === dataSetSha256 ? [] : [place],
  );

const keyOf = ({ sopInstanceUid, dataSetSha256 }: KnownBytes) => `${sopInstanceUid} ${dataSetSha256}`;
