import { grownTiles } from '../merkle-tree/grow-tree.js';
import { HASH_BYTES } from '../merkle-tree/hashes.js';
import { edgeTiles, type Tile, type TileId, type TileReader } from '../merkle-tree/tiles.js';

/** A whole tree, made of the hashes of its records. */
export class TilesInMemory implements TileReader {
  private readonly tiles = new Map<string, Tile>();
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** @param leaves hashes of records, end to end */
  append(leaves: Buffer): void {
    for (const tile of grownTiles(this.count, this.read(edgeTiles(this.count)), leaves)) {
      this.tiles.set(`${tile.level}/${tile.index}`, tile);
    }
    this.count += leaves.length / HASH_BYTES;
  }

  async readTiles(ids: readonly TileId[]): Promise<readonly Tile[]> {
    return this.read(ids);
  }

  private read(ids: readonly TileId[]): Tile[] {
    return ids.flatMap(({ level, index }) => this.tiles.get(`${level}/${index}`) ?? []);
  }
}
