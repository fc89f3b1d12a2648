import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '@yinglian/testing';
import { Scrubbed } from '../testing/scrubbed.js';

const MULTIPART = 'multipart/related; type="application/dicom"; transfer-syntax=*';

describe('a store on files, with a replica', () => {
  let folder: string;
  let scrubbed: Scrubbed;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-replica-'));
    scrubbed = await Scrubbed.onFiles(folder);
  });
  afterAll(async () => {
    await scrubbed.registry.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('copies what is committed, with its commit, and not what can be made again', async () => {
    const { digest, bytes } = await scrubbed.copied();
    expect((await readFile(scrubbed.replica.pathOf(digest))).equals(bytes)).toBe(true);
    expect(['.commit', '.index', '.metadata'].map((beside) => scrubbed.replica.has(digest, beside))).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('copies again what a crash left in the queue, which changes nothing', async () => {
    const pack = await scrubbed.copied();
    await scrubbed.registry.database.query('INSERT INTO replica_queue (digest) VALUES ($1)', [pack.digest]);
    await until(async () => (await scrubbed.queued()) === 0);
    expect((await readFile(scrubbed.replica.pathOf(pack.digest))).equals(pack.bytes)).toBe(true);
    expect(await scrubbed.found(pack)).toEqual([]);
  });

  it.each([
    ['has changed', 'digest-differs', (digest: string) => scrubbed.primary.flip(digest)],
    ['is too short', 'too-short', (digest: string) => scrubbed.primary.truncate(digest)],
    ['is gone', 'missing', (digest: string) => scrubbed.primary.remove(digest)],
    [
      'cannot be read',
      'unreadable',
      async (digest: string) => {
        await scrubbed.primary.remove(digest);
        await mkdir(scrubbed.primary.pathOf(digest));
      },
    ],
  ])('heals a pack that %s, and answers its bytes at once', async (_, damage, harm) => {
    const pack = await scrubbed.copied();
    expect(await scrubbed.answers(pack)).toBe(200);
    await harm(pack.digest);
    expect(await scrubbed.verify(pack)).toEqual([true, true]);
    expect(await scrubbed.answers(pack)).toBe(200);
    expect(await scrubbed.found(pack)).toEqual([`primary pack ${damage} operator healed replica`]);
    expect(scrubbed.primary.laidBy(pack.digest).length).toBe(damage === 'missing' ? 0 : 1);
  });

  it('keeps the damaged bytes as they were', async () => {
    const pack = await scrubbed.copied();
    await scrubbed.primary.flip(pack.digest);
    const damaged = await readFile(scrubbed.primary.pathOf(pack.digest));
    await scrubbed.verify(pack);
    const [path = ''] = scrubbed.primary.laidBy(pack.digest);
    expect((await readFile(path)).equals(damaged)).toBe(true);
    expect((await readFile(scrubbed.primary.pathOf(pack.digest))).equals(pack.bytes)).toBe(true);
  });

  it('is told by who meets damage, and heals it by itself', async () => {
    const pack = await scrubbed.copied();
    await scrubbed.primary.truncate(pack.digest);
    const answer = await scrubbed.registry.get(pack.address, MULTIPART);
    expect([answer.status, answer.json.code]).toEqual([500, 'INSTANCE_DAMAGED']);
    await until(async () => (await scrubbed.answers(pack)) === 200);
    await until(async () => (await scrubbed.found(pack)).join() === 'primary pack too-short retrieval healed replica');
  });

  it('finds by itself what nobody asks for, in both stores, and heals the one from the other', async () => {
    const [one, other] = [await scrubbed.copied(), await scrubbed.copied()];
    await scrubbed.primary.flip(one.digest);
    await scrubbed.replica.flip(other.digest);
    await scrubbed.isDue();
    await until(async () => (await scrubbed.found(other)).some((found) => found.includes('healed')));
    await until(async () => (await scrubbed.found(one)).some((found) => found.includes('healed')));
    expect([await scrubbed.found(one), await scrubbed.found(other)]).toEqual([
      ['primary pack digest-differs scrubber healed replica'],
      ['replica pack digest-differs scrubber healed primary'],
    ]);
    expect((await readFile(scrubbed.replica.pathOf(other.digest))).equals(other.bytes)).toBe(true);
    await scrubbed.atRest(2);
  });

  it('says that a pack is sound nowhere, touches neither copy, and heals it when there is a sound one', async () => {
    const pack = await scrubbed.copied();
    await scrubbed.primary.flip(pack.digest);
    await scrubbed.replica.truncate(pack.digest);
    const damaged = await readFile(scrubbed.primary.pathOf(pack.digest));
    expect(await scrubbed.verify(pack)).toEqual([false, false]);
    expect(await scrubbed.found(pack)).toEqual([
      'primary pack digest-differs operator damaged ASKED_HOSPITAL',
      'replica pack too-short operator unhealable OTHER_COPY_DAMAGED',
    ]);
    const { damages } = (await scrubbed.ask('GET', '/damages?state=unhealable')).json;
    expect(damages.map(({ digest }: { digest: string }) => digest)).toEqual([pack.digest]);
    expect((await readFile(scrubbed.primary.pathOf(pack.digest))).equals(damaged)).toBe(true);
    expect(scrubbed.primary.laidBy(pack.digest)).toEqual([]);
    // An operator brings it back from a tape.
    await writeFile(scrubbed.replica.pathOf(pack.digest), pack.bytes);
    await scrubbed.registry.database.query("UPDATE damaged_objects SET next_try_at = now() WHERE state <> 'healed'");
    await until(async () => (await scrubbed.found(pack)).every((found) => found.includes('healed')));
    expect(await scrubbed.answers(pack)).toBe(200);
  });

  it('fills a replica in the course of its first reading, where nothing is missing that never was there', async () => {
    const pack = await scrubbed.copied();
    for (const beside of ['', '.commit']) await scrubbed.replica.remove(pack.digest, beside);
    await scrubbed.registry.database.query(
      "UPDATE scrub_parts SET verified_since = NULL, verified_at = NULL WHERE place = 'replica'",
    );
    await until(() => scrubbed.replica.has(pack.digest) && scrubbed.replica.has(pack.digest, '.commit'));
    expect((await readFile(scrubbed.replica.pathOf(pack.digest))).equals(pack.bytes)).toBe(true);
    expect(await scrubbed.found(pack)).toEqual([]);
  });

  it('goes on with others when a sound copy cannot be put in its place', async () => {
    const pack = await scrubbed.copied();
    await scrubbed.primary.remove(pack.digest);
    const aside = join(scrubbed.primary.folder, 'incoming');
    await rm(aside, { recursive: true });
    // As good as a disk that can only be read, for whoever may write everywhere.
    await writeFile(aside, '');
    expect(await scrubbed.verify(pack)).toEqual([false, true]);
    expect(await scrubbed.found(pack)).toEqual(['primary pack missing operator damaged STORE_REFUSES']);
    await rm(aside);
    await mkdir(aside);
    expect(await scrubbed.verify(pack)).toEqual([true, true]);
    expect(await scrubbed.answers(pack)).toBe(200);
  });

  it('heals commits: from the replica, and from the database when there is none', async () => {
    const [one, other, none] = [await scrubbed.copied(), await scrubbed.copied(), await scrubbed.copied()];
    const commit = await readFile(scrubbed.primary.pathOf(one.digest, '.commit'));
    await scrubbed.primary.flip(one.digest, '.commit', 60);
    await scrubbed.primary.flip(other.digest, '.commit', 60);
    await scrubbed.replica.flip(other.digest, '.commit', 60);
    await scrubbed.primary.remove(none.digest, '.commit');
    await scrubbed.replica.remove(none.digest, '.commit');
    for (const pack of [one, other, none]) expect(await scrubbed.verify(pack)).toEqual([true, true]);
    expect(await scrubbed.found(one)).toEqual(['primary commit digest-differs operator healed replica']);
    expect(await scrubbed.found(other)).toEqual([
      'primary commit digest-differs operator healed database',
      'replica commit digest-differs operator healed primary',
    ]);
    // That it is nowhere is no damage: packs came without commits in former times.
    expect(await scrubbed.found(none)).toEqual(['replica commit missing operator healed primary']);
    expect((await readFile(scrubbed.primary.pathOf(one.digest, '.commit'))).equals(commit)).toBe(true);
    for (const { digest } of [other, none]) {
      const { sequence } = JSON.parse((await readFile(scrubbed.primary.pathOf(digest, '.commit'))).toString());
      const [row] = await scrubbed.registry.database.query('SELECT sequence::int FROM packs WHERE digest = $1', [
        digest,
      ]);
      expect({ sequence }).toEqual(row);
    }
  });
});
