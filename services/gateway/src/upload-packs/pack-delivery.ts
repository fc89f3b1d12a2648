import type { PackBytes, Parcel } from './parcel.js';
import type { CommittedPack, RefusedForGood } from './registry-answer.js';
import type { Queued } from './upload-queue.js';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 300_000;

/** One pack on its way, however many attempts it takes. */
export class PackDelivery implements Queued {
  private attempts = 0;
  /** Attempts in a row that got nothing across. */
  failures = 0;
  /** Bytes that the registry has of it. */
  offset = 0;
  /** It may be at the registry already. */
  mayBeThere: boolean;

  constructor(private readonly parcel: Parcel) {
    this.mayBeThere = parcel.mayBeThere;
  }

  get studyInstanceUid(): string {
    return this.parcel.studyInstanceUid;
  }

  get since(): string {
    return this.parcel.since;
  }

  prepare(): Promise<PackBytes> {
    return this.parcel.prepare();
  }

  /** The registry has spoken its last word. Resolves with what is to be brought instead. */
  async settled(answer: CommittedPack | RefusedForGood, bytes: PackBytes): Promise<PackDelivery[]> {
    if (!('refused' in answer)) {
      await this.parcel.committed(answer, bytes);
      return [];
    }
    return (await this.parcel.refused(answer.refused, bytes)).map((parcel) => new PackDelivery(parcel));
  }

  /**
   * The registry has so many bytes. At least one is sent: only then does it answer what became of the pack. True when
   * something got across since it was asked last.
   */
  goOnFrom(bytes: number, length: number): boolean {
    const offset = Number.isSafeInteger(bytes) ? Math.min(bytes, length - 1) : 0;
    const hasProgressed = offset > this.offset;
    if (hasProgressed) this.failures = 0;
    this.offset = offset;
    return hasProgressed;
  }

  /** How long it waits after one more attempt that failed. */
  nextPauseMs(): number {
    const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** Math.min(this.attempts, 16), LONGEST_PAUSE_MS);
    this.attempts += 1;
    return pauseMs;
  }
}
