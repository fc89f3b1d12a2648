import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DirectoryService } from '../testing/directory-service.js';
import { LAUNCHER_SECRET } from '../testing/seed.js';

describe('programs', () => {
  let directory: DirectoryService;
  let admin: string;

  beforeAll(async () => {
    directory = await DirectoryService.start();
    admin = await directory.personToken('admin');
  });
  afterAll(() => directory?.stop());

  it('get tokens for their own secret, that every service accepts', async () => {
    const { token } = await directory.serviceToken('device-H001', 'a-device-in-the-tests', { scope: 'stow:write' });
    expect(await directory.tokens.verify(token, undefined)).toEqual({
      ok: true,
      value: { kind: 'service', clientId: 'device-H001', scopes: ['stow:write'], hospital: 'H001' },
    });
  });

  it('get no scope but their own', async () => {
    expect(await directory.serviceToken('launcher', LAUNCHER_SECRET, { scope: 'packs:write' })).toMatchObject({
      status: 400,
      error: 'invalid_scope',
    });
    expect(await directory.serviceToken('launcher', LAUNCHER_SECRET)).toMatchObject({ scope: 'gateway:enrol' });
  });

  it('are refused with a wrong secret, and with the kept digest of the right one', async () => {
    const [row] = await directory.database.query<{ secret_hash: string }>(
      `SELECT secret_hash FROM service_clients WHERE client_id = 'launcher'`,
    );
    for (const secret of ['wrong', row?.secret_hash ?? '']) {
      expect(await directory.serviceToken('launcher', secret)).toMatchObject({ status: 401, error: 'invalid_client' });
    }
    expect(await directory.serviceToken('nobody', 'x')).toMatchObject({ status: 401, error: 'invalid_client' });
  });

  it('are added, given new secrets and removed by administrators, at once', async () => {
    const client = { clientId: 'pacs-H002', scopes: ['stow:write'], hospital: 'H002' };
    const added = await directory.ask(admin, 'POST', 'clients', client);
    expect([added.status, added.body]).toEqual([201, { clientId: 'pacs-H002', clientSecret: expect.any(String) }]);
    expect((await directory.serviceToken('pacs-H002', added.body.clientSecret)).status).toBe(200);
    const renewed = await directory.ask(admin, 'POST', 'clients/pacs-H002/secret');
    expect((await directory.serviceToken('pacs-H002', added.body.clientSecret)).status).toBe(401);
    expect((await directory.serviceToken('pacs-H002', renewed.body.clientSecret)).status).toBe(200);
    const { body } = await directory.ask(admin, 'GET', 'clients');
    expect(body.clients).toContainEqual({ ...client, purpose: 'image-source', keys: [] });
    expect(JSON.stringify(body)).not.toMatch(/secret/i);
    expect((await directory.ask(admin, 'DELETE', 'clients/pacs-H002')).status).toBe(204);
    expect((await directory.serviceToken('pacs-H002', renewed.body.clientSecret)).status).toBe(401);
    const refused = [
      await directory.ask(admin, 'POST', 'clients', { ...client, clientId: 'launcher' }),
      await directory.ask(admin, 'POST', 'clients', { ...client, hospital: 'H404' }),
      await directory.ask(admin, 'DELETE', 'clients/pacs-H002'),
      await directory.ask(admin, 'POST', 'clients', { ...client, scopes: ['stow:write', 'persons:read'] }),
    ];
    expect(refused.map(({ status, body: { code } }) => [status, code])).toEqual([
      [409, 'CLIENT_ID_TAKEN'],
      [404, 'HOSPITAL_NOT_FOUND'],
      [404, 'CLIENT_NOT_FOUND'],
      [422, 'CLIENT_OF_SEVERAL_PURPOSES'],
    ]);
  });

  it('may not sign in as people do', async () => {
    const question = new URLSearchParams({
      client_id: 'launcher',
      response_type: 'code',
      redirect_uri: `${directory.address}/signed-in`,
    });
    const response = await fetch(`${directory.issuer}/auth?${question}`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([400, null]);
  });
});
