import { perfectRoot } from './hashes.js';
import { inclusionProofs } from './merkle-tree.js';
import { TILE_BYTES, TILE_HEIGHT, TILE_WIDTH, type TileReader } from './tiles.js';
import { includes } from './verify-proofs.js';

/** Shows for each of some whole tiles of records that it is in the tree of a size: paths from its root on, lowest hash first. */
export async function tileProofs(reader: TileReader, tiles: readonly number[], size: number): Promise<Buffer[][]> {
  const cut = tiles.find((tile) => (tile + 1) * TILE_WIDTH > size);
  if (cut !== undefined) throw new RangeError(`Tile ${cut} is not whole among ${size} records`);
  const first = tiles.map((tile) => tile * TILE_WIDTH);
  // What is above the tile's root on the path of its first record: below it, siblings are within the tile.
  return (await inclusionProofs(reader, first, size)).map((path) => path.slice(TILE_HEIGHT));
}

/** Whether the hashes of 256 records, end to end, are that tile of the tree. */
export const includesTile = (
  proof: readonly Buffer[],
  tile: number,
  hashes: Buffer,
  { size, root }: { readonly size: number; readonly root: Buffer },
): boolean =>
  hashes.length === TILE_BYTES &&
  includes(proof, tile, perfectRoot(hashes), Math.floor((size - 1) / TILE_WIDTH) + 1, root);
