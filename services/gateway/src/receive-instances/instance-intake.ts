import type { Refusal, ScannedInstance } from '@yinglian/dicom';
import type { Origin } from '../domain/origin.js';
import type { StoredInstance } from '../storage/segment.js';
import type { SegmentWriter } from '../storage/segment-writer.js';
import type { Spool } from '../storage/spool.store.js';
import { IncomingInstance } from './incoming-instance.js';

/** Hears of every instance when it is durable. `carrier` stands for the association or request that brought it. */
export interface IntakeListener {
  stored(instance: StoredInstance, scanned: ScannedInstance, carrier: object): void;
  closed(carrier: object): void;
}

/** Larger segments would be freed too late; an association goes on in a new one. */
const SEGMENT_BYTES = 64 * 1024 * 1024;

/** Everything that one association or one STOW-RS request hands in, one instance after the other. */
export class InstanceIntake {
  private writer: SegmentWriter | undefined;

  constructor(
    private readonly spool: Spool,
    private readonly origin: Origin,
    private readonly listener: IntakeListener,
  ) {}

  /** Begins an instance, or says why none is taken now. */
  begin(isHighPriority = false): IncomingInstance | Refusal {
    if (!this.spool.hasRoom) {
      // What is uploaded of its segment must be freed, or there would be no room while the sender stays.
      void this.writer?.close();
      this.writer = undefined;
      return 'no-room';
    }
    const origin = { ...this.origin, isHighPriority };
    return new IncomingInstance(this.spool, this.segment(), origin, (instance, scanned) =>
      this.listener.stored(instance, scanned, this),
    );
  }

  /** Nothing more will come. */
  async close(): Promise<void> {
    this.listener.closed(this);
    await this.writer?.close();
  }

  private segment(): SegmentWriter {
    const { writer } = this;
    if (writer !== undefined && !writer.isBroken && writer.sizeBytes < SEGMENT_BYTES) return writer;
    void writer?.close();
    this.writer = this.spool.createSegment();
    return this.writer;
  }
}
