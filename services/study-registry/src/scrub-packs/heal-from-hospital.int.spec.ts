import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ctSeries, fileOf, until } from '@yinglian/testing';
import { packOf } from '../testing/pack-of.js';
import { partsOf } from '../testing/parts-of.js';
import { RegistryService } from '../testing/registry-service.js';
import { Scrubbed } from '../testing/scrubbed.js';
import { StoredObjects } from '../testing/stored-objects.js';

const MULTIPART = 'multipart/related; type="application/dicom"; transfer-syntax=*';

describe('a pack that is sound nowhere', () => {
  let scrubbed: Scrubbed;
  beforeAll(async () => {
    const registry = await RegistryService.start();
    const objects = new StoredObjects(registry.environment.OBJECTS_FOLDER ?? '');
    scrubbed = new Scrubbed(registry, objects, objects);
    await scrubbed.atRest(1);
  });
  afterAll(() => scrubbed.registry.stop());

  /** As its gateway makes it: the same images, received at another time. */
  const sentAgain = (files: readonly Buffer[]) =>
    packOf('H001', files, (manifest) => ({
      ...manifest,
      instances: manifest.instances.map((instance) => ({ ...instance, receivedAt: '2026-12-01T08:00:00.000Z' })),
    }));
  const asked = (studyUid: string) =>
    scrubbed.registry.database.query('SELECT hospital, state FROM study_requests WHERE study_uid = $1', [studyUid]);
  const tried = async () => {
    await scrubbed.registry.database.query("UPDATE damaged_objects SET next_try_at = now() WHERE state <> 'healed'");
  };
  const stored = async (count: number) => {
    const series = ctSeries(count);
    const files = series.slices.map(fileOf);
    const pack = await scrubbed.registry.store('H001', files);
    const address = `/dicom-web/studies/${series.studyInstanceUid}`;
    const file = files[0] ?? Buffer.alloc(0);
    return { ...pack, files, file, address, studyUid: series.studyInstanceUid };
  };
  const answered = async (address: string) =>
    partsOf(await scrubbed.registry.get(address, MULTIPART)).map(({ body }) => body);

  it('is asked for at its hospital, once, and healed by what comes again', async () => {
    const pack = await stored(3);
    await scrubbed.primary.truncate(pack.digest);
    expect(await scrubbed.answers(pack)).toBe(500);
    await until(async () => (await asked(pack.studyUid)).length === 1);
    expect(await scrubbed.verify(pack)).toEqual([false]);
    expect(await asked(pack.studyUid)).toEqual([{ hospital: 'H001', state: 'open' }]);
    expect(await scrubbed.found(pack)).toEqual(['primary pack too-short retrieval damaged ASKED_HOSPITAL']);

    const again = sentAgain(pack.files);
    const receipt = await scrubbed.registry.put(again);
    expect([receipt.status, receipt.json.duplicates, again.digest === pack.digest]).toEqual([201, 3, false]);
    await tried();
    await until(async () => (await scrubbed.found(pack))[0]?.endsWith('healed hospital') === true);
    const files = await answered(pack.address);
    expect(files.map((file, place) => file.equals(pack.files[place] ?? Buffer.alloc(0)))).toEqual([true, true, true]);
    // It is read no more.
    expect((await scrubbed.ask('POST', `/packs/${pack.digest}`)).json.code).toBe('PACK_NOT_FOUND');
    await scrubbed.isDue();
    await scrubbed.atRest(1);
    expect(await scrubbed.found(pack)).toHaveLength(1);
  });

  it('gives what came of it already, and waits for the rest', async () => {
    const pack = await stored(3);
    await scrubbed.primary.truncate(pack.digest);
    await scrubbed.registry.put(sentAgain(pack.files.slice(1)));
    expect(await scrubbed.verify(pack)).toEqual([false]);
    expect((await scrubbed.found(pack))[0]).toMatch('ASKED_HOSPITAL');
    const series = (await scrubbed.registry.find(`/instances?StudyInstanceUID=${pack.studyUid}`)).map(
      (instance) => instance['00080018']?.Value?.[0],
    );
    expect(series).toHaveLength(3);
    await scrubbed.registry.put(sentAgain(pack.files.slice(0, 1)));
    expect(await scrubbed.verify(pack)).toEqual([true]);
    const sent = await answered(pack.address);
    expect(sent.map((file) => pack.files.some((original) => original.equals(file)))).toEqual([true, true, true]);
  });

  it('is not healed by images that are not the same, bit by bit', async () => {
    const pack = await stored(1);
    await scrubbed.primary.flip(pack.digest, '', 400_000);
    const other = Buffer.from(pack.file);
    other[other.length - 1] = (other.at(-1) ?? 0) ^ 1;
    expect((await scrubbed.registry.put(sentAgain([other]))).json.quarantined).toBe(1);
    expect(await scrubbed.verify(pack)).toEqual([false]);
    await scrubbed.registry.database.query(
      "UPDATE study_requests SET state = 'fetched', answered_at = now() - interval '2 hours' WHERE study_uid = $1",
      [pack.studyUid],
    );
    expect(await scrubbed.verify(pack)).toEqual([false]);
    expect(await scrubbed.found(pack)).toEqual(['primary pack digest-differs operator unhealable HOSPITAL_HAS_NONE']);
  });
});
