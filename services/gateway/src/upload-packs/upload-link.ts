import type { ProvinceClient } from '../province/province.client.js';
import type { LinkRate } from '../shape-uploads/link-rate.js';
import { type Lane, type UploadClock, UploadLanes } from '../shape-uploads/upload-lanes.js';
import { LinkCounters, type LinkFigures, type LinkHealth } from './link-health.js';

/** Uploads at once. An urgent one never waits for a routine one to end. */
const SLOTS: Record<Lane, number> = { routine: 4, urgent: 2 };
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;

export interface LinkState extends LinkHealth {
  readonly name: string;
  /** `closed`: its window lets nothing but urgent studies pass. `down`: the last attempt failed, and nothing was answered since. */
  readonly state: 'up' | 'down' | 'closed';
  readonly uploading: number;
  /** Of the hour; undefined without a limit. */
  readonly megabitsPerSecond: number | undefined;
}

/** No pack has this digest: the registry answers 404, and that it answers is enough. */
const PROBE_PATH = `/api/study-registry/packs/${'0'.repeat(64)}`;
/** Of something between the gateway and the province that does not reach it. */
const UNREACHED = new Set([502, 503, 504]);

/**
 * One line to the province. After a failure it rests for a while and is asked whether it works: no pack is lost time on a line
 * that swallows it. Then one upload at a time is tried, until one succeeds.
 */
export class UploadLink {
  readonly lanes: UploadLanes;
  private readonly counters: LinkCounters;
  private readonly active: Record<Lane, number> = { urgent: 0, routine: 0 };
  /** Begun since it failed. What was under way before may hang for as long as the province may be silent, and holds nobody back. */
  private trials = 0;
  private restsUntil = 0;
  private isDown = false;

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
    if (this.isDown || !this.lanes.isOpen(lane)) return false;
    return this.counters.failuresInARow > 0 ? this.trials === 0 : this.active[lane] < SLOTS[lane];
  }

  /** Asks a line that failed, when it has rested and nothing else tries it. */
  async probe(): Promise<void> {
    if (!this.isDown || this.trials > 0 || this.clock.elapsed() < this.restsUntil) return;
    await this.occupy('urgent', async () => {
      const status = await this.province.head(PROBE_PATH).then(
        (answer) => answer.status,
        () => 503,
      );
      if (UNREACHED.has(status)) this.failed('NO_ANSWER');
      else this.isDown = false;
    });
  }

  /** Counts as an upload until the work is done. */
  async occupy(lane: Lane, work: () => Promise<void>): Promise<void> {
    const trials = this.counters.failuresInARow > 0 ? 1 : 0;
    this.active[lane] += 1;
    this.trials += trials;
    await work().finally(() => {
      this.active[lane] -= 1;
      this.trials -= trials;
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
    this.isDown = false;
    this.counters.succeeded(this.clock.now());
  }

  /** It rests twice as long each time, and never as long as another one. */
  failed(reason: string): void {
    this.isDown = true;
    this.counters.failed(reason, this.clock.now());
    const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** Math.min(this.counters.failuresInARow - 1, 16), LONGEST_PAUSE_MS);
    this.restsUntil = this.clock.elapsed() + pauseMs * (0.5 + Math.random() / 2);
  }

  get figures(): LinkFigures {
    return this.counters.figures;
  }

  /** What a process before this one counted. */
  restore(figures: LinkFigures): void {
    this.counters.restore(figures);
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
