import { gibibytesText, percentText, savingOf } from '../domain/saving.js';
import type { Recompressed } from './recompress-pack.js';

/** What became of packs since it was told last. */
export class RecompressedRound {
  private packs = 0;
  private bytes = 0;
  private storedBytes = 0;
  private others = 0;
  private toldAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly leastMs: number) {}

  add(outcome: Recompressed): void {
    if (outcome.kind !== 'compact') {
      this.others += 1;
      return;
    }
    this.packs += 1;
    this.bytes += outcome.sizeBytes;
    this.storedBytes += outcome.storedBytes;
  }

  /** What to say at the end of a round; undefined when nothing happened, or something was said a moment ago: then it is said later. */
  told(now: number): string | undefined {
    if (this.packs + this.others === 0 || now - this.toldAt < this.leastMs) return undefined;
    const { packs, bytes, storedBytes, others } = this;
    const saved = `${gibibytesText(bytes)} in ${gibibytesText(storedBytes)}, ${percentText(savingOf({ bytes, storedBytes }))} saved`;
    const text = `Recompression: stored compact ${packs} (${saved}), left as they are ${others}`;
    this.packs = 0;
    this.bytes = 0;
    this.storedBytes = 0;
    this.others = 0;
    this.toldAt = now;
    return text;
  }
}
