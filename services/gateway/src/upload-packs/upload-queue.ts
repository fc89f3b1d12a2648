import type { Lane } from '../shape-uploads/upload-lanes.js';
import { Heap } from './heap.js';

/** What the order depends on. */
export interface Queued {
  readonly studyInstanceUid: string;
  /** Attempts in a row that got nothing across. */
  readonly failures: number;
  /** Since when its study waits. */
  readonly since: string;
}

/** Who fails as often steps behind the others: it may be the one that breaks connections. */
const FAILURES_PER_STEP = 3;

interface Place<T> {
  readonly entry: T;
  readonly step: number;
  readonly since: string;
  readonly arrival: number;
}

/** Urgent studies in a lane of their own; in each lane the study that has waited longest first, and its packs as they came. */
export class UploadQueue<T extends Queued> {
  private arrivals = 0;
  private readonly lanes: Record<Lane, Heap<Place<T>>> = {
    urgent: new Heap<Place<T>>(isBefore),
    routine: new Heap<Place<T>>(isBefore),
  };

  constructor(private readonly isUrgent: (studyInstanceUid: string) => boolean) {}

  get size(): number {
    return this.lanes.urgent.size + this.lanes.routine.size;
  }

  has(lane: Lane): boolean {
    return this.lanes[lane].size > 0;
  }

  add(entry: T): void {
    const { failures, since, studyInstanceUid } = entry;
    const step = Math.floor(failures / FAILURES_PER_STEP);
    const lane = this.isUrgent(studyInstanceUid) ? 'urgent' : 'routine';
    this.lanes[lane].add({ entry, step, since, arrival: this.arrivals++ });
  }

  take(lane: Lane): T | undefined {
    return this.lanes[lane].take()?.entry;
  }

  /** The study was found to be urgent. */
  promote(studyInstanceUid: string): void {
    const places = this.lanes.routine.takeAll(({ entry }) => entry.studyInstanceUid === studyInstanceUid);
    for (const place of places) this.lanes.urgent.add(place);
  }
}

function isBefore(one: Place<Queued>, other: Place<Queued>): boolean {
  if (one.step !== other.step) return one.step < other.step;
  if (one.since !== other.since) return one.since < other.since;
  return one.arrival < other.arrival;
}
