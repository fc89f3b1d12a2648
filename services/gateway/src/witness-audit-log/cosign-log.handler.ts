import { type Checkpoint, cosign, witnessKeyText } from '@yinglian/transparency-log';
import type { SealedLogClient } from './sealed-log.client.js';
import type { WitnessedLogStore } from './witnessed-log.store.js';

/** So often a log that does not grow is signed again: the hospital still watches. */
const AGAIN_MS = 3_600_000;

/** Signs what this hospital has seen of the province's audit log, so that an export shows it by itself (ADR 0065). */
export class CosignLogHandler {
  private signedSize = -1;
  private signedAt = 0;

  constructor(
    private readonly log: SealedLogClient,
    private readonly store: WitnessedLogStore,
    private readonly hospital: string,
  ) {}

  /** @param note a checkpoint that agrees with all that was seen before. @throws when the province does not take it */
  async execute(note: string, { origin, size }: Checkpoint, now: Date): Promise<void> {
    if (size <= this.signedSize && now.getTime() - this.signedAt < AGAIN_MS) return;
    const name = `${origin}/witness/${this.hospital}`;
    const key = await this.store.cosigningKey(name);
    const cosignature = cosign(note, name, key, now).trimEnd();
    await this.log.cosign({ size, verifierKey: witnessKeyText(name, key), cosignature });
    this.signedSize = size;
    this.signedAt = now.getTime();
  }
}
