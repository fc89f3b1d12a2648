import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ctSeries, fileOf } from '@yinglian/testing';
import { RegistryService } from '../testing/registry-service.js';

describe('a gateway that compares', () => {
  let registry: RegistryService;
  beforeAll(async () => {
    registry = await RegistryService.start();
  });
  afterAll(() => registry.stop());

  const compare = async (hospital: string | null, studies: readonly string[]) => {
    const token = await registry.issuer.serviceToken({ clientId: 'gateway', scopes: ['packs:write'], hospital });
    return registry.ask('POST', '/api/study-registry/own-studies', {
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify({ studies })),
    });
  };

  it('learns what is registered of its own hospital’s studies and what is kept aside, and nothing of others', async () => {
    const own = ctSeries(3);
    const foreign = ctSeries(2);
    await registry.store('H001', own.slices.map(fileOf));
    await registry.store('H002', foreign.slices.slice(0, 1).map(fileOf));
    const asked = [own.studyInstanceUid, foreign.studyInstanceUid, '1.2.404'];
    expect((await compare('H001', asked)).json).toEqual({
      studies: [{ studyInstanceUid: own.studyInstanceUid, registered: 3, quarantined: 0 }],
    });
    await registry.store('H001', foreign.slices.slice(1).map(fileOf));
    expect((await compare('H001', [foreign.studyInstanceUid])).json).toEqual({
      studies: [{ studyInstanceUid: foreign.studyInstanceUid, registered: 0, quarantined: 1 }],
    });
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
