import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { PulledPackStore } from '../storage/pulled-pack.store.js';
import { ReleaseSettings } from './release-settings.js';

/** The rows of all pulled packs are read for it where bytes are bounded. */
const KNOWN_FOR_MS = 30_000;

/** Until when packs must have been read last to be let go, as things are now. */
@Injectable()
export class PacksToRelease {
  private known: Promise<Date | undefined> | undefined;
  private since = 0;

  constructor(
    private readonly database: Database,
    private readonly settings: ReleaseSettings,
  ) {}

  /** Undefined when none are let go. */
  readUntil(): Promise<Date | undefined> {
    const now = Date.now();
    if (this.known !== undefined && now - this.since < KNOWN_FOR_MS) return this.known;
    this.since = now;
    const store = new PulledPackStore(this.database);
    const asked = this.settings.readUntil(now, (bytes) => store.readBeforeRoomEnds(bytes));
    this.known = asked;
    asked.catch(() => {
      this.known = undefined;
    });
    return asked;
  }
}
