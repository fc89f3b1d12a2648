import type { StudyRegistryConfig } from '../study-registry.config.js';

const DAY_MS = 24 * 3_600_000;

/** How long packs stay that came from hospitals that keep their pixels. */
export class ReleaseSettings {
  /** Undefined when no day is too long. */
  readonly keepDays: number | undefined;
  /** Undefined when there is room for all. */
  readonly keepBytes: number | undefined;

  constructor(config: Pick<StudyRegistryConfig, 'PULLED_KEEP_DAYS' | 'PULLED_KEEP_BYTES'>) {
    this.keepDays = config.PULLED_KEEP_DAYS;
    this.keepBytes = config.PULLED_KEEP_BYTES;
  }

  /** Those read last until then are let go; undefined when none are. What was read within the day stays: readings are noted once a day. */
  async readUntil(
    now: number,
    readBeforeRoomEnds: (bytes: number) => Promise<Date | undefined>,
  ): Promise<Date | undefined> {
    const { keepDays, keepBytes } = this;
    const byAge = keepDays === undefined ? undefined : now - keepDays * DAY_MS;
    const byRoom = keepBytes === undefined ? undefined : (await readBeforeRoomEnds(keepBytes))?.getTime();
    if (byAge === undefined && byRoom === undefined) return undefined;
    return new Date(Math.max(byAge ?? 0, Math.min(byRoom ?? 0, now - DAY_MS)));
  }
}
