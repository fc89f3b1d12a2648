import { HASH_BYTES } from '../merkle-tree/hashes.js';
import type { Checkpoint } from '../signed-note/checkpoint.js';
import { GrowingTree } from './growing-tree.js';
import type { Finding } from './match-records.js';

type Source = 'export' | 'witness';

interface Sealed {
  readonly checkpoint: Checkpoint;
  readonly source: Source;
}

/** Holds the tree that an export's hashes make against each checkpoint, when it has come to its size. */
export class SealedSizes {
  private readonly tree = new GrowingTree();
  private readonly sealed: Sealed[] = [];
  private readonly found: Finding[] = [];
  private isSorted = true;
  private next = 0;
  /** Records that a checkpoint covers which agreed. */
  private agreed = 0;

  private laterOnes = 0;

  /** @param open undefined when nobody who is trusted signed the note */
  constructor(
    private readonly open: (note: string) => Checkpoint | undefined,
    private readonly exportedAt: Date,
  ) {}

  get count(): number {
    return this.sealed.length;
  }

  /** Checkpoints of witnesses that were signed after the export was made: they say nothing of it. */
  get later(): number {
    return this.laterOnes;
  }

  get newestSize(): number {
    return this.sealed.reduce((newest, { checkpoint }) => Math.max(newest, checkpoint.size), 0);
  }

  add(note: string, source: Source): void {
    const checkpoint = this.open(note);
    if (checkpoint === undefined) {
      this.found.push({ kind: 'not-signed', says: `A checkpoint (${source}) is not signed by a trusted key` });
      return;
    }
    const { sealedAt } = checkpoint;
    if (source === 'witness' && sealedAt !== null && sealedAt > this.exportedAt) {
      this.laterOnes += 1;
      return;
    }
    this.sealed.push({ checkpoint, source });
    this.isSorted = false;
  }

  /** @param leaves hashes of the next records, end to end */
  async append(leaves: Buffer): Promise<void> {
    this.sort();
    let rest = leaves;
    for (;;) {
      const sealed = this.sealed[this.next];
      const room = sealed === undefined ? Number.POSITIVE_INFINITY : sealed.checkpoint.size - this.tree.size;
      const some = rest.subarray(0, Math.min(rest.length, room * HASH_BYTES));
      this.tree.append(some);
      rest = rest.subarray(some.length);
      if (sealed === undefined || sealed.checkpoint.size > this.tree.size) return;
      await this.compare(sealed);
      this.next += 1;
    }
  }

  findings(): readonly Finding[] {
    this.sort();
    const [missing] = this.sealed.slice(this.next).filter(({ checkpoint }) => checkpoint.size > this.tree.size);
    if (missing === undefined) return this.found;
    const says = `Records ${this.tree.size} to ${this.newestSize - 1} are cut off: a checkpoint (${missing.source}) covers more`;
    return [...this.found, { kind: 'cut-off', from: this.tree.size, to: this.newestSize - 1, says }];
  }

  private async compare({ checkpoint: { size, root }, source }: Sealed): Promise<void> {
    if (size === 0 || root.equals(await this.tree.root())) {
      this.agreed = size;
      return;
    }
    // Whatever comes behind it disagrees for the same reason.
    if (this.found.some(({ kind }) => kind === 'not-as-sealed')) return;
    const says = `The hashes of the records do not lead to the checkpoint of ${size} (${source}): one of ${this.agreed} to ${size - 1} was exchanged, hash and all`;
    this.found.push({ kind: 'not-as-sealed', from: this.agreed, to: size - 1, says });
  }

  private sort(): void {
    if (this.isSorted) return;
    this.sealed.sort((one, other) => one.checkpoint.size - other.checkpoint.size);
    this.isSorted = true;
  }
}
