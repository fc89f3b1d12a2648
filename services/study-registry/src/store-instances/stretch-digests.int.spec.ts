import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StretchDigests } from './stretch-digests.js';

const BYTES = randomBytes(3_000_000);
const sha256 = (from: number, to: number) => createHash('sha256').update(BYTES.subarray(from, to)).digest('hex');

describe('the digests of stretches of a file', () => {
  let folder: string;
  let digests: StretchDigests;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-stretches-'));
    digests = new StretchDigests();
  });
  afterEach(() => rm(folder, { recursive: true }));

  const begin = async () => {
    await writeFile(join(folder, 'file'), BYTES);
    await digests.begins(join(folder, 'file'));
  };

  it('are known when the stretches are in the file, wherever that is between two of them', async () => {
    await begin();
    const places = [0, 700_000, 700_001, 1_900_000, 3_000_000];
    const ends = places.slice(1);
    const made = ends.map((to, at) => digests.from(places[at] ?? 0).end(to));
    for (const size of [0, 700_000, 1_000_000, 1_900_001, 2_500_000, 3_000_000]) digests.written(size);
    expect(await Promise.all(made)).toEqual(ends.map((to, at) => sha256(places[at] ?? 0, to)));
    await digests.end(new Error('never seen'));
  });

  it('are made of what came before anybody asked, of a stretch without an end yet, and of nothing', async () => {
    await begin();
    digests.written(2_000_000);
    const open = digests.from(132);
    expect(await digests.from(10).end(1_000_000)).toBe(sha256(10, 1_000_000));
    expect(await digests.from(10).end(10)).toBe(sha256(10, 10));
    digests.written(2_500_000);
    const ended = open.end(2_999_999);
    digests.written(3_000_000);
    expect(await ended).toBe(sha256(132, 2_999_999));
    expect(() => digests.from(0).end(-1)).toThrow(RangeError);
    await digests.end(new Error('never seen'));
  });

  it('are asked for before there is a file', async () => {
    const early = digests.from(0).end(3_000_000);
    await begin();
    digests.written(3_000_000);
    expect(await early).toBe(sha256(0, 3_000_000));
    await digests.end(new Error('never seen'));
  });

  it('are never known of what does not come', async () => {
    await begin();
    digests.written(1_000);
    const [whole, broken, open] = [digests.from(0).end(900), digests.from(0).end(2_000), digests.from(0)];
    digests.written(1_500);
    await digests.end(new Error('It broke'));
    expect(await whole).toBe(sha256(0, 900));
    await expect(broken).rejects.toThrow('It broke');
    await expect(open.end(1_200)).rejects.toThrow('It broke');
  });
});
