import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CtSeries, ctSeries, fileOf, until } from '@yinglian/testing';
import { KeptStore } from '../storage/kept.store.js';
import { damaged, HospitalGateway } from '../testing/hospital-gateway.js';
import { packOf, sha256, type TestPack } from '../testing/pack-of.js';
import { partsOf } from '../testing/parts-of.js';
import { RegistryService } from '../testing/registry-service.js';

const FILES = 'multipart/related; type="application/dicom"; transfer-syntax=*';

/** Longer than a gateway that was killed takes to begin again, beside other specs. */
const WAIT_MS = 5_000;

describe('a study whose pixels are at its hospital', () => {
  let registry: RegistryService;
  let gateway: HospitalGateway;
  beforeAll(async () => {
    registry = await RegistryService.start(undefined, { PULL_WAIT_MS: String(WAIT_MS) });
    gateway = new HospitalGateway(registry);
  });
  afterAll(() => registry.stop());

  const kept = async (slices: number) => {
    const series = ctSeries(slices);
    return { series, pack: await gateway.keep(series.slices.map(fileOf)) };
  };
  const study = ({ studyInstanceUid }: CtSeries) => `/dicom-web/studies/${studyInstanceUid}`;
  const instance = (series: CtSeries, at = 0) =>
    `${study(series)}/series/${series.seriesInstanceUid}/instances/${series.slices[at]?.sopInstanceUid}`;
  const hashes = (series: CtSeries) => series.slices.map((slice) => sha256(fileOf(slice)));
  const isAtHospital = async ({ digest }: TestPack) => {
    const rows = await registry.database.query<{ at_hospital: boolean }>(
      'SELECT at_hospital FROM packs WHERE digest = $1',
      [digest],
    );
    return rows.map(({ at_hospital: there }) => there);
  };
  /** A study's files as they come, without waiting for all of them. */
  const open = async (path: string) => {
    const token = await registry.issuer.personToken({ subject: 'dr.x', roles: ['clinician'], hospital: 'H001' });
    const state = { bytes: 0, status: 0, isWhole: undefined as boolean | undefined };
    const asked = request(`${registry.address}${path}`, {
      headers: { authorization: `Bearer ${token}`, accept: FILES },
    });
    const { promise, resolve } = Promise.withResolvers<typeof state>();
    asked.on('error', () => resolve(state));
    asked.on('response', (response) => {
      state.status = response.statusCode ?? 0;
      response.on('data', (piece: Buffer) => {
        state.bytes += piece.length;
      });
      response.on('error', () => undefined);
      response.on('close', () => {
        state.isWhole = response.complete;
        resolve(state);
      });
    });
    asked.end();
    return { state, over: promise };
  };
  /** The gateway is told of it; what tests before this one left is told as well. */
  const asked = ({ digest }: TestPack) => until(async () => (await gateway.pulls(500)).includes(digest));

  it('is found and described without them, as if they were here', async () => {
    const { series, pack } = await kept(3);
    const here = ctSeries(3);
    await registry.store('H001', here.slices.map(fileOf));
    const described = async (of: CtSeries) => {
      const { status, json } = await registry.get(`${study(of)}/metadata`);
      const [found] = await registry.find(`/studies?StudyInstanceUID=${of.studyInstanceUid}&includefield=all`);
      return [status, json.length, Object.keys(json[0]), Object.keys(found ?? {}), found?.['00201208']];
    };
    expect(await described(series)).toEqual(await described(here));
    expect(await isAtHospital(pack)).toEqual([true]);
    const events = (await registry.events('studies')).filter(
      ({ data }) => data.studyInstanceUid === series.studyInstanceUid,
    );
    expect(events.map(({ type, data }) => [type, data.instances])).toEqual([['study.registered.v1', 3]]);
    expect(await gateway.pulls()).toEqual([]);
  });

  it('comes when somebody opens it, byte for byte, and stays', async () => {
    const { series, pack } = await kept(3);
    const wanted = gateway.pulls(5_000);
    const opened = registry.get(study(series), FILES);
    expect(await wanted).toEqual([pack.digest]);
    const brought = await gateway.bring(pack);
    expect([brought.status, brought.json]).toEqual([201, { stored: 3, duplicates: 0, quarantined: 0, notServed: [] }]);
    expect(partsOf(await opened).map(({ body }) => sha256(body))).toEqual(hashes(series));
    expect(await isAtHospital(pack)).toEqual([false]);
    expect(partsOf(await registry.get(study(series), FILES)).map(({ body }) => sha256(body))).toEqual(hashes(series));
    expect(await gateway.pulls()).toEqual([]);
    expect(await registry.database.query('SELECT * FROM pulls WHERE digest = $1', [pack.digest])).toEqual([]);
  });

  it('is read while it comes: the reader has the first file before the last one is sent', async () => {
    const { series, pack } = await kept(4);
    const reader = await open(study(series));
    await asked(pack);
    const [, second] = pack.manifest.instances;
    const upload = await gateway.begin(pack);
    await upload.send((second?.offset ?? 0) + 200_000);
    await until(() => reader.state.bytes > (second?.offset ?? 0));
    expect(await isAtHospital(pack)).toEqual([true]);
    expect(await upload.end()).toBe(201);
    expect(await reader.over).toMatchObject({ status: 200, isWhole: true });
  });

  it('comes once for two readers, also for one that comes in the middle', async () => {
    const { series, pack } = await kept(4);
    const readers = [await open(study(series)), await open(study(series))];
    await asked(pack);
    const upload = await gateway.begin(pack);
    await upload.send(600_000);
    await until(() => readers.every(({ state }) => state.bytes > 0));
    const late = registry.get(instance(series, 3), 'application/dicom');
    expect(await gateway.pulls(200)).not.toContain(pack.digest);
    expect(await upload.end()).toBe(201);
    expect(await Promise.all(readers.map(({ over }) => over))).toEqual(
      readers.map(() => ({ status: 200, isWhole: true, bytes: readers[0]?.state.bytes })),
    );
    expect(sha256((await late).body)).toBe(hashes(series)[3]);
  });

  it('is said to be out of reach while its gateway is away, and comes when that is back', async () => {
    const { series, pack } = await kept(1);
    const away = await registry.get(instance(series), 'application/dicom');
    expect([away.status, away.json.code, away.headers.get('retry-after')]).toEqual([
      503,
      'PIXELS_AT_HOSPITAL_UNREACHABLE',
      '30',
    ]);
    const later = registry.get(instance(series), 'application/dicom');
    await asked(pack);
    await gateway.bring(pack);
    expect(sha256((await later).body)).toBe(hashes(series)[0]);
  });

  it('goes on for the same reader when the gateway is killed in the middle and comes again', async () => {
    const { series, pack } = await kept(4);
    const reader = await open(study(series));
    await asked(pack);
    const upload = await gateway.begin(pack);
    await upload.send(700_000);
    await until(() => reader.state.bytes > 0);
    upload.kill();
    expect((await gateway.bring(pack)).status).toBe(201);
    const { status, isWhole, bytes } = await reader.over;
    expect([status, isWhole]).toEqual([200, true]);
    expect(bytes).toBeGreaterThan(series.bytes);
  });

  it('is read to its end when another connection brings it while the first one hangs', async () => {
    const { series, pack } = await kept(4);
    const reader = await open(study(series));
    await asked(pack);
    const upload = await gateway.begin(pack);
    await upload.send(700_000);
    await until(() => reader.state.bytes > 0);
    expect((await gateway.bring(pack)).status).toBe(201);
    expect(await reader.over).toMatchObject({ status: 200, isWhole: true });
    upload.kill();
  });

  it('goes on where the connection broke, also for a reader of the next process', async () => {
    const { series, pack } = await kept(4);
    const upload = await gateway.begin(pack);
    await upload.send(700_000);
    await new Promise((wait) => setTimeout(wait, 100));
    upload.kill();
    // The registry has forgotten what it had seen of it when nobody went on in time.
    await new Promise((wait) => setTimeout(wait, WAIT_MS + 200));
    const reader = await open(study(series));
    const { headers } = await registry.ask('HEAD', `/api/study-registry/packs/${pack.digest}`, {
      headers: {
        authorization: `Bearer ${await registry.issuer.serviceToken({ clientId: 'g', scopes: ['packs:write'], hospital: 'H001' })}`,
      },
    });
    const offset = Number(headers.get('upload-offset'));
    expect(offset).toBeGreaterThan(0);
    expect(await (await gateway.begin(pack, offset)).end()).toBe(201);
    expect(await reader.over).toMatchObject({ status: 200, isWhole: true });
  });

  it('is torn down for its reader when the gateway stays away in the middle', async () => {
    const { series, pack } = await kept(4);
    const reader = await open(study(series));
    await asked(pack);
    const upload = await gateway.begin(pack);
    await upload.send(1_000_000);
    await until(() => reader.state.bytes > 0);
    upload.kill();
    expect(await reader.over).toMatchObject({ status: 200, isWhole: false });
  });

  it('is torn down when a later file is not what was said, which the gateway is told', async () => {
    const { series, pack } = await kept(4);
    const third = pack.manifest.instances[2];
    const reader = await open(study(series));
    await asked(pack);
    const { status, json } = await gateway.bring(damaged(pack, (third?.offset ?? 0) + 100_000));
    expect([status, json.code]).toEqual([422, 'PACK_DIGEST_MISMATCH']);
    expect(await reader.over).not.toMatchObject({ status: 200, isWhole: true });
    expect(reader.state.bytes).toBeLessThan(pack.bytes.length);
    expect(await isAtHospital(pack)).toEqual([true]);
    // Another try may be better.
    const again = open(study(series));
    await asked(pack);
    expect((await gateway.bring(pack)).status).toBe(201);
    expect(await (await again).over).toMatchObject({ status: 200, isWhole: true });
  });

  it.each(['missing', 'damaged'] as const)('is a 502 when its gateway says that the pack is %s', async (outcome) => {
    const { series, pack } = await kept(1);
    const opened = registry.get(instance(series), 'application/dicom');
    await asked(pack);
    expect((await gateway.fail(pack, outcome)).status).toBe(204);
    expect([(await opened).status, (await opened).json.code]).toEqual([502, 'PIXELS_AT_HOSPITAL_DAMAGED']);
  });

  it('is opened only by who may: nothing is asked of the hospital for others', async () => {
    const { series, pack } = await kept(1);
    const { status } = await registry.get(instance(series), 'application/dicom', { hospital: 'H003' });
    expect(status).toBe(403);
    expect(await gateway.pulls()).not.toContain(pack.digest);
  });

  it('is scrubbed as an outline before it is here', async () => {
    const { pack } = await kept(1);
    const scrubbedAs = async () => {
      const part = { part: pack.digest.slice(0, 2), readThrough: '', isKnown: false };
      const all = await new KeptStore(registry.database).in(part, 1_000);
      return all.find(({ digest }) => digest === pack.digest)?.kind;
    };
    expect(await scrubbedAs()).toBe('outline');
    await gateway.bring(pack);
    expect(await scrubbedAs()).toBe('pack');
  });

  it('is an ordinary one when its hospital uploads it after all, however often', async () => {
    const { series, pack } = await kept(2);
    expect((await gateway.bring(pack)).status).toBe(201);
    expect(await isAtHospital(pack)).toEqual([false]);
    const again = await gateway.bring(pack);
    expect([again.status, again.json]).toEqual([200, { stored: 2, duplicates: 0, quarantined: 0, notServed: [] }]);
    expect((await gateway.tell(pack)).status).toBe(200);
    expect(await isAtHospital(pack)).toEqual([false]);
    expect(partsOf(await registry.get(study(series), FILES)).map(({ body }) => sha256(body))).toEqual(hashes(series));
  });

  it('is not what was said of it when a header differs: the bytes are refused, and nobody reads them', async () => {
    const series = ctSeries(2);
    const pack = packOf('H001', series.slices.map(fileOf));
    const told = { ...pack, bytes: Buffer.from(pack.bytes) };
    told.bytes.write('AXIAX', told.bytes.indexOf('AXIAL', pack.manifest.instances[1]?.offset));
    expect((await gateway.tell(told)).status).toBe(201);
    const reader = await open(study(series));
    await asked(pack);
    const { status, json } = await gateway.bring(pack);
    expect([status, json.code]).toEqual([409, 'PACK_NOT_AS_OUTLINED']);
    expect(await reader.over).not.toMatchObject({ status: 200, isWhole: true });
    expect(await isAtHospital(pack)).toEqual([true]);
  });

  it('is of one hospital: another one is told of no pull and cannot fail one', async () => {
    const { series, pack } = await kept(1);
    const other = new HospitalGateway(registry, 'H002');
    const opened = registry.get(instance(series), 'application/dicom');
    expect(await other.pulls(100)).toEqual([]);
    await other.fail(pack, 'missing');
    expect((await other.bring(pack)).json.code).toBe('PACK_OF_ANOTHER_HOSPITAL');
    await asked(pack);
    await gateway.bring(pack);
    expect((await opened).status).toBe(200);
  });
});
