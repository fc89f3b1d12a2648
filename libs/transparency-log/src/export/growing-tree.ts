import { grownTiles } from '../merkle-tree/grow-tree.js';
import { HASH_BYTES } from '../merkle-tree/hashes.js';
import { rootOf } from '../merkle-tree/merkle-tree.js';
import { edgeTiles, type Tile } from '../merkle-tree/tiles.js';

/** A tree of which no more is kept than its root takes: however many records there are, a few tiles. */
export class GrowingTree {
  private edge: readonly Tile[] = [];
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** @param leaves hashes of records, end to end */
  append(leaves: Buffer): void {
    const grown = grownTiles(this.count, this.edge, leaves);
    this.count += leaves.length / HASH_BYTES;
    const known = [...grown, ...this.edge];
    this.edge = edgeTiles(this.count).flatMap(
      ({ level, index }) => known.find((tile) => tile.level === level && tile.index === index) ?? [],
    );
  }

  root(): Promise<Buffer> {
    return rootOf({ readTiles: async () => this.edge }, this.count);
  }
}
