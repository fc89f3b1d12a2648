import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { machineHas, TestS3, until } from '@yinglian/testing';
import { packKey } from '../storage/pack-index.js';
import { RegistryService } from '../testing/registry-service.js';
import { Scrubbed } from '../testing/scrubbed.js';
import { StoredObjects } from '../testing/stored-objects.js';
import { ObjectPlaces } from './object-places.js';

const MULTIPART = 'multipart/related; type="application/dicom"; transfer-syntax=*';

(machineHas('s3') ? describe : describe.skip)('stores on S3', () => {
  let servers: TestS3[];
  let scrubbed: Scrubbed;
  const before = { ...process.env };
  beforeAll(async () => {
    servers = await Promise.all([TestS3.start(), TestS3.start()]);
    const [one, other] = servers as [TestS3, TestS3];
    const { OBJECTS_URL, OBJECTS_S3_ENDPOINT, ...ofTheSdk } = one.environment;
    Object.assign(process.env, ofTheSdk);
    const registry = await RegistryService.start(undefined, {
      OBJECTS_URL: `${OBJECTS_URL}/province`,
      OBJECTS_S3_ENDPOINT,
      REPLICA_URL: `${OBJECTS_URL}/copy`,
      REPLICA_S3_ENDPOINT: other.environment.OBJECTS_S3_ENDPOINT,
    });
    const folderOf = ({ folder, bucket }: TestS3, prefix: string) =>
      new StoredObjects(join(folder, 'root', bucket, prefix));
    scrubbed = new Scrubbed(registry, folderOf(one, 'province'), folderOf(other, 'copy'));
    await scrubbed.atRest(2);
  });
  afterAll(async () => {
    process.env = before;
    await scrubbed.registry.stop();
    await Promise.all(servers.map((s3) => s3.stop()));
  });

  const replacedByShorter = async (digest: string) => {
    const { store } = scrubbed.registry.service.app.get(ObjectPlaces).primary;
    const object = await store.receive(Readable.from([Buffer.alloc(1_000)]), 1_000);
    await object.keep(packKey(digest)).finally(object.discard);
  };

  it.each([
    ['has changed', 'digest-differs', (digest: string) => scrubbed.primary.flip(digest)],
    ['is too short', 'too-short', (digest: string) => replacedByShorter(digest)],
    ['is gone', 'missing', (digest: string) => scrubbed.primary.remove(digest)],
    // This server answers no request for what was cut on its disk.
    ['cannot be read', 'unreadable', (digest: string) => scrubbed.primary.truncate(digest)],
  ])('heal a pack that %s, and lay its bytes by', async (_, damage, harm) => {
    const pack = await scrubbed.copied();
    expect(await scrubbed.answers(pack)).toBe(200);
    await harm(pack.digest);
    expect(await scrubbed.verify(pack)).toEqual([true, true]);
    expect(await scrubbed.answers(pack)).toBe(200);
    expect(await scrubbed.found(pack)).toEqual([`primary pack ${damage} operator healed replica`]);
    expect((await readFile(scrubbed.primary.pathOf(pack.digest))).equals(pack.bytes)).toBe(true);
    expect(scrubbed.primary.laidBy(pack.digest).length).toBe(damage === 'missing' ? 0 : 1);
  });

  it('take packs while the replica is away, say so, and copy them when it is there again', async () => {
    const replica = servers[1];
    await replica?.server.kill('SIGKILL');
    const pack = await scrubbed.store();
    await until(async () => (await scrubbed.shown()).places[1].trouble === 'STORE_AWAY');
    expect((await scrubbed.shown()).backlog).toEqual({ packs: 1, oldest: expect.any(String) });
    // What is damaged meanwhile is no loss.
    await replacedByShorter(pack.digest);
    expect((await scrubbed.registry.get(pack.address, MULTIPART)).status).toBe(500);
    const found = ['primary pack too-short retrieval damaged OTHER_STORE_AWAY'];
    await until(async () => (await scrubbed.found(pack)).join() === found.join());
    await replica?.server.restart();
    await until(async () => (await scrubbed.shown()).places[1].trouble === null);
  });
});
