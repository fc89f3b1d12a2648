/** Of packs that are stored compact, or of all. */
export interface RoomTaken {
  readonly packs: number;
  /** Of the packs as they came. */
  readonly bytes: number;
  /** That the store keeps of them. */
  readonly storedBytes: number;
}

/** The share of the bytes that need not be stored, from 0 to 1; null where there are none. */
export const savingOf = ({ bytes, storedBytes }: Pick<RoomTaken, 'bytes' | 'storedBytes'>): number | null =>
  bytes === 0 ? null : 1 - storedBytes / bytes;

/** `50.0 %`. */
export const percentText = (saving: number | null): string =>
  saving === null ? '-' : `${(saving * 100).toFixed(1)} %`;

/** Of 2^30 bytes: `3.418 GiB`. */
export const gibibytesText = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(3)} GiB`;

export function sumOf(all: readonly RoomTaken[]): RoomTaken {
  const total = (of: (one: RoomTaken) => number) => all.reduce((sum, one) => sum + of(one), 0);
  return {
    packs: total(({ packs }) => packs),
    bytes: total(({ bytes }) => bytes),
    storedBytes: total(({ storedBytes }) => storedBytes),
  };
}
