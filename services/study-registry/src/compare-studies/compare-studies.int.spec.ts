import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { changedSetDigest, EMPTY_SET_DIGEST } from '@yinglian/dicom';
import { ctSeries, fileOf } from '@yinglian/testing';
import { packOf } from '../testing/pack-of.js';
import { RegistryService } from '../testing/registry-service.js';
import { never, Steward, withPixel } from '../testing/steward.js';

describe('a gateway that compares', () => {
  let registry: RegistryService;
  beforeAll(async () => {
    registry = await RegistryService.start();
  });
  afterAll(() => registry.stop());

  const ask = async (hospital: string | null, path: string, body: object) => {
    const token = await registry.issuer.serviceToken({ clientId: 'gateway', scopes: ['packs:write'], hospital });
    return registry.ask('POST', `/api/study-registry/own-studies${path}`, {
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify(body)),
    });
  };
  const compare = (hospital: string | null, studies: readonly string[]) => ask(hospital, '', { studies });
  /** What a gateway that sent these files counts. */
  const namesOf = (files: readonly Buffer[]) =>
    packOf('H001', files).manifest.instances.map(({ sopInstanceUid, dataSetSha256 }) => ({
      sopInstanceUid,
      dataSetSha256,
    }));
  const digestOf = (files: readonly Buffer[]) => changedSetDigest(EMPTY_SET_DIGEST, namesOf(files));

  it('learns what is registered of its own hospital’s studies and what is kept aside, and nothing of others', async () => {
    const own = ctSeries(3);
    const foreign = ctSeries(2);
    await registry.store('H001', own.slices.map(fileOf));
    await registry.store('H002', foreign.slices.slice(0, 1).map(fileOf));
    const asked = [own.studyInstanceUid, foreign.studyInstanceUid, '1.2.404'];
    expect((await compare('H001', asked)).json).toEqual({
      studies: [
        {
          studyInstanceUid: own.studyInstanceUid,
          registered: 3,
          quarantined: 0,
          digest: digestOf(own.slices.map(fileOf)),
        },
      ],
    });
    await registry.store('H001', foreign.slices.slice(1).map(fileOf));
    expect((await compare('H001', [foreign.studyInstanceUid])).json).toEqual({
      studies: [{ studyInstanceUid: foreign.studyInstanceUid, registered: 0, quarantined: 1, digest: null }],
    });
  });

  it('learns a digest that is of what it sent, in whatever packs, until a steward takes another version', async () => {
    const series = ctSeries(4);
    const files = series.slices.map(fileOf);
    const asked = [series.studyInstanceUid];
    const digest = async () => (await compare('H001', asked)).json.studies[0].digest;
    await registry.store('H001', files.slice(2));
    expect(await digest()).toBe(digestOf(files.slice(2)));
    await registry.store('H001', files.slice(0, 3));
    expect(await digest()).toBe(digestOf(files));
    const others = files.slice(0, 1).map(withPixel);
    await registry.store('H001', others);
    expect(await digest()).toBe(digestOf(files));
    const steward = new Steward(registry);
    const [{ caseId }] = await steward.casesOf(series);
    expect((await steward.decide(caseId, 'take', 1)).status).toBe(200);
    expect(await digest()).toBe(digestOf([...others, ...files.slice(1)]));
    expect((await steward.decide(caseId, 'undo', 2)).status).toBe(200);
    expect(await digest()).toBe(digestOf(files));
  });

  it('learns the digest of a study of before there were digests, also when that grows or is decided on', async () => {
    const [one, two, three] = [ctSeries(2), ctSeries(2), ctSeries(1)];
    const forget = ({ studyInstanceUid }: typeof one) =>
      registry.database.query('UPDATE studies SET contents_digest = NULL WHERE study_uid = $1', [studyInstanceUid]);
    for (const { slices } of [one, two, three]) await registry.store('H001', slices.slice(0, 1).map(fileOf));
    const other = withPixel(fileOf(three.slices[0] ?? never()));
    await registry.store('H001', [other]);
    for (const series of [one, two, three]) await forget(series);
    await registry.store('H001', two.slices.slice(1).map(fileOf));
    const steward = new Steward(registry);
    const [{ caseId }] = await steward.casesOf(three);
    await steward.decide(caseId, 'take', 1);
    const asked = [one, two, three].map(({ studyInstanceUid }) => studyInstanceUid);
    const { studies } = (await compare('H001', asked)).json as {
      studies: { studyInstanceUid: string; digest: string }[];
    };
    const digests = new Map(studies.map(({ studyInstanceUid, digest }) => [studyInstanceUid, digest]));
    expect(asked.map((study) => digests.get(study))).toEqual([
      digestOf(one.slices.slice(0, 1).map(fileOf)),
      digestOf(two.slices.map(fileOf)),
      digestOf([other]),
    ]);
  });

  it('reads the instances of one of its studies, and none of another hospital’s', async () => {
    const own = ctSeries(3);
    const files = own.slices.map(fileOf);
    await registry.store('H001', files);
    const instances = (hospital: string | null, from?: number) =>
      ask(hospital, '/instances', { study: own.studyInstanceUid, ...(from === undefined ? {} : { from }) });
    expect((await instances('H001')).json).toEqual({ instances: namesOf(files), next: null });
    expect((await instances('H001', 2)).json).toEqual({ instances: namesOf(files).slice(2), next: null });
    expect((await instances('H002')).json).toEqual({ instances: [], next: null });
    expect((await instances(null)).status).toBe(403);
    expect((await instances('H001', -1)).status).toBe(400);
  });

  it('is refused without a hospital, or with too many studies', async () => {
    const nobody = await compare(null, ['1.2']);
    expect([nobody.status, nobody.json.code]).toEqual([403, 'GATEWAY_WITHOUT_HOSPITAL']);
    expect(
      (
        await compare(
          'H001',
          Array.from({ length: 501 }, (_, at) => `1.2.${at}`),
        )
      ).status,
    ).toBe(400);
  });
});
