import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ctSeries, fileOf, multipart } from '@yinglian/testing';
import { RegistryService } from '../testing/registry-service.js';

describe('a registry whose database restarts', () => {
  let registry: RegistryService;
  beforeAll(async () => {
    registry = await RegistryService.start();
  });
  afterAll(() => registry.stop());

  const lookFor = async (digest: string) => {
    const token = await registry.issuer.serviceToken({ clientId: 'g', scopes: ['packs:write'], hospital: 'H001' });
    const { status, headers } = await registry.ask('HEAD', `/api/study-registry/packs/${digest}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return [status, headers.get('retry-after')];
  };

  it('asks to come again, whatever the server says meanwhile, and serves when it is back', async () => {
    const digest = 'a'.repeat(64);
    expect(await lookFor(digest)).toEqual([404, null]);
    // Clients are told that it shuts down (57P01), then refused, then told that it starts (57P03).
    await registry.postgres.server.kill('SIGINT');
    const stow = Buffer.from(multipart(ctSeries(1).slices.map(fileOf)));
    expect((await registry.stow(stow)).status).toBe(503);
    const away = [await lookFor(digest), await lookFor(digest)];
    const restarting = registry.postgres.server.restart();
    let answer = await lookFor(digest);
    while (answer[0] !== 404) {
      away.push(answer);
      answer = await lookFor(digest);
    }
    await restarting;
    expect(away).toEqual(away.map(() => [503, '1']));
    expect((await registry.stow(stow)).status).toBe(200);
  });
});
