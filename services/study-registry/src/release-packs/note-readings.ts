import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { messageOf } from '@yinglian/platform';
import { LRUCache } from 'lru-cache';
import { PulledPackStore } from '../storage/pulled-pack.store.js';

const KEPT_EVERY_MS = 5_000;
const KNOWN_AT_MOST = 100_000;
/** Shorter than what counts as one reading (`PulledPackStore`): what was noted before a pack came is noted again soon. */
const KNOWN_FOR_MS = 3_600_000;

/** Which packs are read: some seconds' readings are one statement, and many of one pack are one an hour. A crash loses some seconds of it. */
@Injectable()
export class NoteReadings implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(NoteReadings.name);
  private readonly known = new LRUCache<string, true>({ max: KNOWN_AT_MOST, ttl: KNOWN_FOR_MS });
  private fresh = new Set<string>();
  private keeping: NodeJS.Timeout | undefined;

  constructor(private readonly database: Database) {}

  onApplicationBootstrap(): void {
    this.keeping = setInterval(() => void this.keep(), KEPT_EVERY_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.keeping);
    await this.keep();
  }

  read(digest: string): void {
    if (this.known.has(digest)) return;
    this.known.set(digest, true);
    this.fresh.add(digest);
  }

  async keep(): Promise<void> {
    const digests = [...this.fresh];
    this.fresh = new Set();
    if (digests.length === 0) return;
    try {
      await new PulledPackStore(this.database).read(digests);
    } catch (error) {
      for (const digest of digests) this.fresh.add(digest);
      this.logger.warn(`Readings are noted later: ${messageOf(error)}`);
    }
  }
}
