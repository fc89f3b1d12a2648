import type { ProvinceClient } from '../province/province.client.js';
import type { LinkRate } from '../shape-uploads/link-rate.js';
import { type Lane, type UploadClock, UploadLanes } from '../shape-uploads/upload-lanes.js';
import { LinkCounters, type LinkHealth } from './link-health.js';

/** Uploads at once. An urgent one never waits for a routine one to end. */
const SLOTS: Record<Lane, number> = { routine: 4, urgent: 2 };
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;

export interface LinkState extends LinkHealth {
  readonly name: string;
  /** `closed`: its window lets nothing but urgent studies pass. `down`: the last attempt failed. */
  readonly state: 'up' | 'down' | 'closed';
  readonly uploading: number;
  /** Of the hour; undefined without a limit. */
  readonly megabitsPerSecond: number | undefined;
}

/** One line to the province. After a failure it rests for a while, and is then tried by one upload. */
export class UploadLink {
  readonly lanes: UploadLanes;
  private readonly counters: LinkCounters;
  private readonly active: Record<Lane, number> = { urgent: 0, routine: 0 };
  private restsUntil = 0;

  constructor(
    readonly name: string,
    readonly province: ProvinceClient,
    rate: LinkRate,
    private readonly clock: UploadClock,
  ) {
    this.lanes = new UploadLanes(rate, clock);
    this.counters = new LinkCounters((instant) => this.lanes.rate.dayOf(instant));
  }

  canTake(lane: Lane): boolean {
    if (!this.lanes.isOpen(lane) || this.clock.elapsed() < this.restsUntil) return false;
    return this.isDown ? this.uploading === 0 : this.active[lane] < SLOTS[lane];
  }

  /** Counts as an upload until the work is done. */
  async occupy(lane: Lane, work: () => Promise<void>): Promise<void> {
    this.active[lane] += 1;
    await work().finally(() => {
      this.active[lane] -= 1;
    });
  }

  /** Bytes at the pace of the lane, counted. Throws WindowClosed. */
  async *pace(source: AsyncIterable<Buffer>, lane: Lane, signal: AbortSignal): AsyncGenerator<Buffer> {
    for await (const piece of this.lanes.shape(source, lane, signal)) {
      this.counters.sent(piece.length, this.clock.now());
      yield piece;
    }
  }

  succeeded(): void {
    this.restsUntil = 0;
    this.counters.succeeded(this.clock.now());
  }

  /** How long it rests now: twice as long each time, and never as long as another one. */
  failed(reason: string): number {
    this.counters.failed(reason, this.clock.now());
    const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** Math.min(this.counters.failuresInARow - 1, 16), LONGEST_PAUSE_MS);
    const jittered = pauseMs * (0.5 + Math.random() / 2);
    this.restsUntil = this.clock.elapsed() + jittered;
    return jittered;
  }

  get isDown(): boolean {
    return this.counters.failuresInARow > 0;
  }

  get state(): LinkState {
    const rate = this.lanes.rate.at(this.clock.now());
    return {
      name: this.name,
      state: this.isDown ? 'down' : rate === 0 ? 'closed' : 'up',
      uploading: this.uploading,
      megabitsPerSecond: rate === Number.POSITIVE_INFINITY ? undefined : rate / 125_000,
      ...this.counters.health(this.clock.now()),
    };
  }

  private get uploading(): number {
    return this.active.urgent + this.active.routine;
  }
}
