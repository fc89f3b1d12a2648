import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { ObjectStoreUnavailable } from '@yinglian/objects';
import { Database } from '@yinglian/persistence';
import { messageOf } from '@yinglian/platform';
import pg from 'pg';
import type { Place } from '../domain/kept-object.js';
import { ScrubPlaceStore } from '../storage/scrub-place.store.js';
import { CopyQueue } from './copy-queue.js';
import { KeepDecisions } from './keep-decisions.js';
import { ScrubPlace } from './scrub-place.js';
import { ServeScrubRequests } from './serve-scrub-requests.js';
import { StoreNotKnown } from './store-marks.js';
import { TendPacks } from './tend-packs.js';

/** The advisory lock of the one process that scrubs. */
const SCRUB_LOCK = 7_201_954_029;
/** How soon another process takes over, and how soon work that was broken off is tried again. */
const AGAIN_MS = 2_000;
/** How soon what is asked for is begun. */
const LOOK_EVERY_MS = 500;
/** How soon a part that has become due is begun. */
const SCRUB_LOOK_EVERY_MS = 2_000;

/** How soon a pack that has become old enough is let go, or stored compact. */
const TEND_LOOK_EVERY_MS = 2_000;

/**
 * Scrubs, heals, copies, lets go and recompresses in one process at a time: who holds the lock, on a connection of its own. When that breaks, all of
 * it stops and any process may take over; nothing is lost by it, since what was done is in the database.
 */
@Injectable()
export class ScrubWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(ScrubWorker.name);
  private readonly stopping = new AbortController();
  private readonly troubled = new Set<string>();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly requests: ServeScrubRequests,
    private readonly scrubPlace: ScrubPlace,
    private readonly copies: CopyQueue,
    private readonly decisions: KeepDecisions,
    private readonly tend: TendPacks,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  /** Before the pool closes. */
  onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    return this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        await this.session();
        this.troubled.delete('session');
      } catch (error) {
        this.say('session', error);
      }
      await this.rest(AGAIN_MS, this.stopping.signal);
    }
  }

  /** Resolves when the lock is held elsewhere or this ends; works as long as it holds the lock. */
  private async session(): Promise<void> {
    const client = new pg.Client({ ...this.database.pool.options, application_name: 'scrubber' });
    const broken = new AbortController();
    client.on('error', () => broken.abort());
    client.on('end', () => broken.abort());
    try {
      await client.connect();
      const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [SCRUB_LOCK]);
      if (rows[0]?.taken !== true) return;
      const signal = AbortSignal.any([this.stopping.signal, broken.signal]);
      await Promise.all([
        this.repeat('requests', null, LOOK_EVERY_MS, signal, () => this.requests.execute(signal)),
        this.repeat('primary', 'primary', SCRUB_LOOK_EVERY_MS, signal, () =>
          this.scrubPlace.execute('primary', signal),
        ),
        this.repeat('replica', 'replica', SCRUB_LOOK_EVERY_MS, signal, () =>
          this.scrubPlace.execute('replica', signal),
        ),
        this.repeat('copies', 'replica', LOOK_EVERY_MS, signal, () => this.copies.execute()),
        this.repeat('decisions', null, LOOK_EVERY_MS, signal, () => this.decisions.execute()),
        this.repeat('tending', null, TEND_LOOK_EVERY_MS, signal, () => this.tend.execute(signal)),
      ]);
    } finally {
      await client.end().catch(() => {});
    }
  }

  /** Does a piece of work again and again, at once as long as there is more of it. */
  private async repeat(
    name: string,
    place: Place | null,
    restMs: number,
    signal: AbortSignal,
    once: () => Promise<boolean>,
  ) {
    while (!signal.aborted) {
      try {
        const isMore = await once();
        if (this.troubled.delete(name) && place !== null) await this.tell(place, '');
        if (!isMore) await this.rest(restMs, signal);
      } catch (error) {
        if (signal.aborted) return;
        this.say(name, error);
        if (place !== null) await this.tell(place, troubleOf(error));
        await this.rest(AGAIN_MS, signal);
      }
    }
  }

  /** Once an outage. */
  private say(name: string, error: unknown): void {
    if (!this.troubled.has(name)) this.logger.warn(`Scrubbing (${name}) goes on later: ${messageOf(error)}`);
    this.troubled.add(name);
  }

  private async tell(place: Place, trouble: string): Promise<void> {
    await new ScrubPlaceStore(this.database).trouble(place, trouble).catch(() => {});
  }

  private async rest(milliseconds: number, signal: AbortSignal): Promise<void> {
    await pause(milliseconds, undefined, { signal }).catch(() => {});
  }
}

function troubleOf(error: unknown): string {
  if (error instanceof StoreNotKnown) return 'STORE_NOT_KNOWN';
  return error instanceof ObjectStoreUnavailable ? 'STORE_AWAY' : 'FAILED';
}
