import { createHash } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { TilesInMemory } from '../testing/tiles-in-memory.js';
import { HASH_BYTES } from './hashes.js';
import { rootOf } from './merkle-tree.js';
import { includesTile, tileProofs } from './tile-proofs.js';
import { TILE_WIDTH } from './tiles.js';

const MOST = 70_000;
const tiles = new TilesInMemory();
for (let n = 0; n < MOST; n += 1) tiles.append(createHash('sha256').update(String(n)).digest());

const hashesOf = async (index: number) => {
  const [tile] = await tiles.readTiles([{ level: 0, index }]);
  return Buffer.from(tile?.hashes ?? '');
};

it.each([256, 257, 511, 512, 700, 768, 1_024, 65_535, 65_536, 65_537, MOST])(
  'whole tiles are shown to be in a tree of %i, and nothing else',
  async (size) => {
    const checkpoint = { size, root: await rootOf(tiles, size) };
    const last = Math.floor(size / TILE_WIDTH) - 1;
    const some = [...new Set([0, Math.floor(last / 2), last])];
    const proofs = await tileProofs(tiles, some, size);
    for (const [at, tile] of some.entries()) {
      const proof = proofs[at] ?? [];
      const hashes = await hashesOf(tile);
      expect(includesTile(proof, tile, hashes, checkpoint)).toBe(true);
      expect(includesTile(proof, tile + 1, hashes, checkpoint)).toBe(false);
      expect(includesTile(proof, tile, hashes.subarray(HASH_BYTES), checkpoint)).toBe(false);
      const [root] = [Buffer.alloc(HASH_BYTES)];
      expect(includesTile(proof, tile, hashes, { size, root })).toBe(false);
      hashes.writeUInt8((hashes.readUInt8(77) + 1) % 256, 77);
      expect(includesTile(proof, tile, hashes, checkpoint)).toBe(false);
    }
    await expect(tileProofs(tiles, [last + 1], size)).rejects.toThrow(RangeError);
  },
);
