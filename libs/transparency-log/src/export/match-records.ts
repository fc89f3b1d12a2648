import { HASH_BYTES } from '../merkle-tree/hashes.js';
import { recordHash } from '../record-bytes.js';

export interface Finding {
  readonly kind:
    | 'changed'
    | 'exchanged'
    | 'removed'
    | 'inserted'
    | 'reordered'
    | 'cut-off'
    | 'truncated'
    | 'not-as-sealed'
    | 'not-signed'
    | 'not-cosigned';
  /** The record's place in the log; of several, the first and the last. */
  readonly index?: number;
  readonly from?: number;
  readonly to?: number;
  /** Of the record that is there. */
  readonly eventId?: unknown;
  readonly says: string;
}

interface Stray {
  readonly index: number;
  /** How many records came before it. */
  readonly arrival: number;
  readonly eventId: unknown;
}

/** So many are named. */
const MOST_FINDINGS = 1_000;

/** Finds for each hash that was sealed the record that it is of, whatever place that claims. */
export class MatchRecords {
  private expected = 0;
  /** Sealed hashes whose record has not come, with their places. */
  private readonly awaited = new Map<string, number>();
  /** Records that no hash was sealed for so far. */
  private readonly strays = new Map<string, Stray>();
  private readonly reordered: Finding[] = [];
  private arrivals = 0;
  /** Of records whose hash was sealed: the last one that came, and the highest place. */
  private lastArrival = -1;
  private highest = -1;
  private unlisted = 0;

  get moreFindings(): number {
    return this.unlisted;
  }

  /** @param leaves hashes of the next records, end to end */
  expect(leaves: Buffer): void {
    for (let at = 0; at < leaves.length; at += HASH_BYTES) {
      const hash = leaves.toString('latin1', at, at + HASH_BYTES);
      const stray = this.strays.get(hash);
      if (stray === undefined) this.awaited.set(hash, this.expected);
      else {
        this.strays.delete(hash);
        // All that came behind it and are known belong before it.
        this.inOrder(stray.arrival > this.lastArrival, this.expected, stray);
      }
      this.expected += 1;
    }
  }

  take(index: number, record: Record<string, unknown>): void {
    const hash = recordHash(record).toString('latin1');
    const came = { index, arrival: this.arrivals++, eventId: record.eventId };
    const place = this.awaited.get(hash);
    if (place === undefined) {
      this.strays.set(hash, came);
      return;
    }
    this.awaited.delete(hash);
    this.inOrder(place > this.highest, place, came);
  }

  /** @param sealed how many records were sealed: those behind are told as cut off */
  findings(sealed: number): readonly Finding[] {
    const strays = [...this.strays.values()];
    const byIndex = new Map(strays.map((stray) => [stray.index, stray]));
    const changed: Finding[] = [];
    const removed: Finding[] = [];
    for (const index of this.awaited.values()) {
      if (index >= sealed) continue;
      const stray = byIndex.get(index);
      byIndex.delete(index);
      if (stray === undefined) removed.push({ kind: 'removed', index, says: `Record ${index} is missing` });
      else
        changed.push({
          kind: 'changed',
          index,
          eventId: stray.eventId,
          says: `Record ${index} is not what was sealed`,
        });
    }
    const inserted = [...byIndex.values()].map(
      ({ index, eventId }): Finding => ({
        kind: 'inserted',
        index,
        eventId,
        says: `The record at ${index} was never sealed`,
      }),
    );
    const all = [...changed, ...removed, ...inserted, ...this.reordered];
    this.unlisted += Math.max(all.length - MOST_FINDINGS, 0);
    return all.slice(0, MOST_FINDINGS);
  }

  private inOrder(isSo: boolean, place: number, { arrival, eventId }: Stray): void {
    this.lastArrival = Math.max(this.lastArrival, arrival);
    this.highest = Math.max(this.highest, place);
    if (isSo) return;
    if (this.reordered.length >= MOST_FINDINGS) this.unlisted += 1;
    else
      this.reordered.push({
        kind: 'reordered',
        index: place,
        eventId,
        says: `Record ${place} stands in another place`,
      });
  }
}
