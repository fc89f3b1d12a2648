import type { ObjectReader } from '@yinglian/objects';

/** A pack in use, which may still be on its way. */
export interface PackReader extends ObjectReader {
  /** Resolves when the bytes up to there are here and what was said of them. Rejects when they will not be. */
  whole(end: number): Promise<void>;
}

/** Opens packs wherever they are. A class and no interface, since it is what services ask to be given. */
export abstract class PackSource {
  /** Whether all of it can be read without waiting for its hospital. */
  abstract isHere(digest: string): Promise<boolean>;

  /** Which of these are at their hospitals. They are asked for at once, in this order: somebody will read all of them. */
  abstract askFor(digests: readonly string[]): Promise<ReadonlySet<string>>;

  /** @throws ObjectMissing, PIXELS_AT_HOSPITAL_UNREACHABLE, PIXELS_AT_HOSPITAL_DAMAGED, as do what it opens */
  abstract open(digest: string): Promise<PackReader>;
}
