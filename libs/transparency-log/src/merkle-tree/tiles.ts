import { HASH_BYTES, perfectRoot } from './hashes.js';
import type { Subtree } from './ranges.js';

/** Hashes of a whole tile, as in C2SP tlog-tiles. */
export const TILE_WIDTH = 256;
export const TILE_HEIGHT = 8;
export const TILE_BYTES = TILE_WIDTH * HASH_BYTES;

/** A piece of the tree: up to 256 hashes of one level side by side; level 0 are records, each above stands over 256 of the one below. */
export interface TileId {
  readonly level: number;
  readonly index: number;
}

export interface Tile extends TileId {
  /** End to end; 256 of them, but for the last tile of a level. */
  readonly hashes: Buffer;
}

/** Reads tiles as they were, or are by now, when the tree had the size for which they are asked. */
export interface TileReader {
  readTiles(ids: readonly TileId[]): Promise<readonly Tile[]>;
}

/** The tile that has a subtree's hash, or those it is made of. */
export const tileOf = ({ level, index }: Subtree): TileId => {
  const rows = level % TILE_HEIGHT;
  return { level: (level - rows) / TILE_HEIGHT, index: Math.floor((index * 2 ** rows) / TILE_WIDTH) };
};

/** The hash of a subtree that lies in the tile. @throws when the tile is too short for it */
export function hashInTile({ level, index }: Subtree, tile: Tile): Buffer {
  const width = 2 ** (level % TILE_HEIGHT);
  const from = ((index * width) % TILE_WIDTH) * HASH_BYTES;
  const hashes = tile.hashes.subarray(from, from + width * HASH_BYTES);
  if (hashes.length < width * HASH_BYTES) throw new Error(`Tile ${tile.level}/${tile.index} is too short`);
  return perfectRoot(hashes);
}

/** The last tiles of a tree, one a level from the lowest on, those that are not whole; a level whose last tile is whole has none. */
export const edgeTiles = (size: number): TileId[] => {
  const ids: TileId[] = [];
  for (let [level, count] = [0, size]; count > 0; level += 1) {
    if (count % TILE_WIDTH > 0) ids.push({ level, index: Math.floor(count / TILE_WIDTH) });
    count = Math.floor(count / TILE_WIDTH);
  }
  return ids;
};
