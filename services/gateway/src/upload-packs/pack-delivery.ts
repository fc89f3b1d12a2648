import type { SealedPack } from './pack-assembler.js';
import { PackContent } from './pack-content.js';
import type { Queued } from './upload-queue.js';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 300_000;

/** One pack on its way, however many attempts it takes. */
export class PackDelivery implements Queued {
  private content: Promise<PackContent> | undefined;
  private attempts = 0;
  /** Attempts in a row that got nothing across. */
  failures = 0;
  /** Bytes that the registry has of it. */
  offset = 0;
  /** It may be at the registry already. */
  mayBeThere: boolean;

  constructor(
    readonly pack: SealedPack,
    /** Since when its study waits. */
    readonly since: string,
    private readonly hospital: string,
    private readonly onLeaving: (pack: SealedPack) => Promise<void>,
  ) {
    this.mayBeThere = pack.isRecovered;
  }

  get studyInstanceUid(): string {
    return this.pack.studyInstanceUid;
  }

  /** What to send; it is written down first what leaves together. Throws when the disk does not answer. */
  prepare(): Promise<PackContent> {
    this.content ??= this.onLeaving(this.pack)
      .then(() => PackContent.of(this.pack, this.hospital))
      .catch((error: unknown) => {
        this.content = undefined;
        throw error;
      });
    return this.content;
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

  /** One bad instance must not hold back the others: each one tries its luck alone. */
  divided(): PackDelivery[] {
    const { pack, since, hospital, onLeaving } = this;
    return pack.instances.map(
      (instance) => new PackDelivery({ ...pack, instances: [instance] }, since, hospital, onLeaving),
    );
  }
}
