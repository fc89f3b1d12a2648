import { EMPTY_ROOT, nodeHash } from './hashes.js';
import { consistencyRanges, pathRanges, type Range, subtreesOf } from './ranges.js';
import { hashInTile, type Tile, type TileId, type TileReader, tileOf } from './tiles.js';

/** The root of the tree with so many records (RFC 6962 section 2.1). */
export async function rootOf(tiles: TileReader, size: number): Promise<Buffer> {
  if (size === 0) return EMPTY_ROOT;
  const [root] = await hashesOf(tiles, [[0, size]]);
  return root ?? EMPTY_ROOT;
}

/** Shows that a record is in the tree of a size: a Merkle audit path (RFC 6962 section 2.1.1), lowest hash first. */
export async function inclusionProof(tiles: TileReader, index: number, size: number): Promise<Buffer[]> {
  const [proof = []] = await inclusionProofs(tiles, [index], size);
  return proof;
}

/** The same for each of several records, all tiles read at once. */
export async function inclusionProofs(
  tiles: TileReader,
  indexes: readonly number[],
  size: number,
): Promise<Buffer[][]> {
  const missing = indexes.find((index) => index >= size);
  if (missing !== undefined) throw new RangeError(`There is no record ${missing} among ${size}`);
  const paths = indexes.map((index) => pathRanges(index, size));
  const hashes = await hashesOf(tiles, paths.flat());
  return paths.map((path) => hashes.splice(0, path.length));
}

/** Shows that a tree begins with a smaller one: a Merkle consistency proof (RFC 6962 section 2.1.2). */
export function consistencyProof(tiles: TileReader, smaller: number, size: number): Promise<Buffer[]> {
  if (smaller > size) throw new RangeError(`A tree of ${smaller} records is no beginning of one of ${size}`);
  return hashesOf(tiles, consistencyRanges(smaller, size));
}

/** The hash of each range, all tiles read at once. */
async function hashesOf(reader: TileReader, ranges: readonly Range[]): Promise<Buffer[]> {
  const subtrees = ranges.map(subtreesOf);
  const ids = new Map(subtrees.flat().map((subtree) => [nameOf(tileOf(subtree)), tileOf(subtree)]));
  const tiles = new Map<string, Tile>();
  for (const tile of await reader.readTiles([...ids.values()])) tiles.set(nameOf(tile), tile);
  return subtrees.map((parts) => {
    const hashes = parts.map((subtree) => {
      const tile = tiles.get(nameOf(tileOf(subtree)));
      if (tile === undefined) throw new Error(`There is no tile ${nameOf(tileOf(subtree))}`);
      return hashInTile(subtree, tile);
    });
    return hashes.reduceRight((right, left) => nodeHash(left, right));
  });
}

const nameOf = ({ level, index }: TileId) => `${level}/${index}`;
