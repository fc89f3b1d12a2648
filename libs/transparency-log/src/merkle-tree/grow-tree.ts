import { HASH_BYTES, perfectRoot } from './hashes.js';
import { TILE_BYTES, TILE_WIDTH, type Tile } from './tiles.js';

/**
 * The tiles that are new or longer when records come behind those of a tree.
 * @param edge the tree's last tiles that are not whole
 * @param leaves hashes of the new records, end to end
 */
export function grownTiles(size: number, edge: readonly Tile[], leaves: Buffer): Tile[] {
  const grown: Tile[] = [];
  let [count, hashes] = [size, leaves];
  for (let level = 0; hashes.length > 0; level += 1) {
    const first = Math.floor(count / TILE_WIDTH);
    const begun = edge.find((tile) => tile.level === level)?.hashes ?? Buffer.alloc(0);
    if (begun.length !== (count % TILE_WIDTH) * HASH_BYTES)
      throw new Error(`The last tile of level ${level} is another`);
    const row = Buffer.concat([begun, hashes]);
    const above: Buffer[] = [];
    for (let at = 0; at < row.length; at += TILE_BYTES) {
      const tile = { level, index: first + at / TILE_BYTES, hashes: row.subarray(at, at + TILE_BYTES) };
      grown.push(tile);
      if (tile.hashes.length === TILE_BYTES) above.push(perfectRoot(tile.hashes));
    }
    count = first;
    hashes = Buffer.concat(above);
  }
  return grown;
}
