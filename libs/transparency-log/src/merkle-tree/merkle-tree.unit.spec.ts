import { randomInt } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { TilesInMemory } from '../testing/tiles-in-memory.js';
import { EMPTY_ROOT, HASH_BYTES, leafHash, nodeHash } from './hashes.js';
import { consistencyProof, inclusionProof, inclusionProofs, rootOf } from './merkle-tree.js';
import type { TileReader } from './tiles.js';
import { includes, isConsistent } from './verify-proofs.js';

const leaf = (n: number) => leafHash(Buffer.from(`record ${n}`));

/** MTH as RFC 6962 section 2.1 defines it. */
function rootByDefinition(leaves: readonly Buffer[]): Buffer {
  const [only] = leaves;
  if (only === undefined) return EMPTY_ROOT;
  if (leaves.length === 1) return only;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return nodeHash(rootByDefinition(leaves.slice(0, split)), rootByDefinition(leaves.slice(split)));
}

/** A tree that came to its size in batches. */
function grown(size: number, batch = () => 1 + randomInt(400)) {
  const tiles = new TilesInMemory();
  while (tiles.size < size) {
    const count = Math.min(batch(), size - tiles.size);
    tiles.append(Buffer.concat(Array.from({ length: count }, (_, n) => leaf(tiles.size + n))));
  }
  return tiles;
}

const SIZES = [0, 1, 2, 3, 7, 8, 9, 255, 256, 257, 511, 512, 513, 700, 1023, 1025];

describe('a tree in tiles', () => {
  it.each(SIZES)('of %i records has the root that RFC 6962 defines', async (size) => {
    const leaves = Array.from({ length: size }, (_, n) => leaf(n));
    expect(await rootOf(grown(size), size)).toEqual(rootByDefinition(leaves));
  });

  it('has the same root however many records came at once', async () => {
    const one = await rootOf(
      grown(1_500, () => 1),
      1_500,
    );
    expect(
      await rootOf(
        grown(1_500, () => 1_500),
        1_500,
      ),
    ).toEqual(one);
    expect(await rootOf(grown(1_500), 1_500)).toEqual(one);
  });

  it('tells the root of each size that it had', async () => {
    const leaves = Array.from({ length: 600 }, (_, n) => leaf(n));
    const tiles = grown(600);
    for (const size of SIZES.filter((size) => size <= 600)) {
      expect(await rootOf(tiles, size)).toEqual(rootByDefinition(leaves.slice(0, size)));
    }
  });

  it('proves many records with one look at the tiles', async () => {
    const tiles = grown(1_000);
    let looks = 0;
    const counted: TileReader = { readTiles: (ids) => tiles.readTiles(ids).finally(() => (looks += 1)) };
    const indexes = [0, 3, 255, 256, 777, 999];
    const proofs = await inclusionProofs(counted, indexes, 1_000);
    expect(looks).toBe(1);
    expect(proofs).toEqual(await Promise.all(indexes.map((index) => inclusionProof(tiles, index, 1_000))));
    await expect(inclusionProofs(tiles, [1, 1_000], 1_000)).rejects.toThrow(RangeError);
  });

  it('with three levels of tiles has the root of its definition', async () => {
    const size = 256 * 256 + 300;
    const leaves = Array.from({ length: size }, (_, n) => leaf(n));
    const tiles = grown(size, () => 5_000);
    expect(await rootOf(tiles, size)).toEqual(rootByDefinition(leaves));
    const root = await rootOf(tiles, size);
    for (const index of [0, 255, 256, 65_535, 65_536, size - 1]) {
      expect(includes(await inclusionProof(tiles, index, size), index, leaf(index), size, root)).toBe(true);
    }
  });
});

describe('a proof of inclusion', () => {
  it('holds for each record of each size up to 70, and for no other record or place', async () => {
    const tiles = grown(70);
    for (let size = 1; size <= 70; size += 1) {
      const root = await rootOf(tiles, size);
      for (let index = 0; index < size; index += 1) {
        const proof = await inclusionProof(tiles, index, size);
        expect(includes(proof, index, leaf(index), size, root)).toBe(true);
        expect(includes(proof, index, leaf(index + 1), size, root)).toBe(false);
        expect(includes(proof, index + 1, leaf(index), size, root)).toBe(false);
        expect(includes(proof, size, leaf(index), size, root)).toBe(false);
        expect(includes([...proof, root], index, leaf(index), size, root)).toBe(false);
      }
    }
  });

  it('is refused for a record that is not there', async () => {
    await expect(async () => inclusionProof(grown(5), 5, 5)).rejects.toThrow(RangeError);
  });
});

describe('a proof of consistency', () => {
  it('holds between all sizes up to 70, and for no other root', async () => {
    const tiles = grown(70);
    const trees = await Promise.all(
      Array.from({ length: 71 }, async (_, size) => ({ size, root: await rootOf(tiles, size) })),
    );
    for (const smaller of trees) {
      for (const larger of trees.slice(smaller.size)) {
        const proof = await consistencyProof(tiles, smaller.size, larger.size);
        expect(isConsistent(proof, smaller, larger)).toBe(true);
        if (smaller.size === 0) continue;
        const other = { ...smaller, root: leaf(smaller.size) };
        expect(isConsistent(proof, other, larger)).toBe(false);
        expect(isConsistent(proof, smaller, { ...larger, root: leaf(larger.size) })).toBe(false);
      }
    }
  });

  it('is refused between trees that differ in an early record', async () => {
    const other = new TilesInMemory();
    other.append(Buffer.concat(Array.from({ length: 300 }, (_, n) => leaf(n === 17 ? 1_000 : n))));
    const [smaller, larger] = [
      { size: 200, root: await rootOf(grown(200), 200) },
      { size: 300, root: await rootOf(other, 300) },
    ];
    expect(isConsistent(await consistencyProof(other, 200, 300), smaller, larger)).toBe(false);
    expect(isConsistent(await consistencyProof(grown(300), 200, 300), smaller, larger)).toBe(false);
  });

  it('never verifies for hashes made up', () => {
    const made = Array.from({ length: 8 }, (_, n) => Buffer.alloc(HASH_BYTES, n));
    for (let size = 2; size < 200; size += 1) {
      expect(isConsistent(made, { size: 1, root: leaf(0) }, { size, root: leaf(1) })).toBe(false);
    }
  });
});
