import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { PullStore, type WantedPack } from '../storage/pull.store.js';
import { Bell } from './bell.js';

/** How soon a gateway is told of what readers of another process want. */
const LOOK_EVERY_MS = 1_000;
const TOLD_AT_ONCE = 32;

/** What gateways are asked to bring. */
@Injectable()
export class WantedPacks implements BeforeApplicationShutdown {
  /** Rings by a hospital. */
  private readonly bell = new Bell();
  private isStopping = false;

  constructor(private readonly database: Database) {}

  async add(pack: WantedPack): Promise<void> {
    await new PullStore(this.database).want(pack);
    this.bell.ring(pack.hospital);
  }

  /** What a gateway is to bring: as soon as there is something, or nothing when the time is over or `isGone` says so. */
  async next(hospital: string, longestMs: number, isGone: () => boolean) {
    const pulls = new PullStore(this.database);
    for (const deadline = Date.now() + longestMs; ; ) {
      const wanted = await pulls.tell(hospital, TOLD_AT_ONCE);
      const leftMs = deadline - Date.now();
      if (wanted.length > 0 || leftMs <= 0 || this.isStopping) return wanted;
      await this.bell.wait(hospital, Math.min(LOOK_EVERY_MS, leftMs));
      // Told to nobody, it would be told again some seconds later only.
      if (isGone()) return [];
    }
  }

  beforeApplicationShutdown(): void {
    this.isStopping = true;
    this.bell.ringAll();
  }
}
