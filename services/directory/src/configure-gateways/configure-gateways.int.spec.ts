import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DirectoryService } from '../testing/directory-service.js';
import { LAUNCHER_SECRET } from '../testing/seed.js';

const PRESETS = [
  { priority: 'routine', validFrom: '2026-01-01', minutes: 1440 },
  { priority: 'urgent', validFrom: '2026-01-01', minutes: 60 },
];

describe('gateways of hospitals', () => {
  let directory: DirectoryService;
  let admin: string;
  let launcher: string;

  beforeAll(async () => {
    directory = await DirectoryService.start();
    admin = await directory.personToken('admin');
    launcher = (await directory.serviceToken('launcher', LAUNCHER_SECRET)).token;
  });
  afterAll(() => directory?.stop());

  const newGateway = async (hospital: string) => {
    const { status, body } = await directory.ask(launcher, 'POST', `hospitals/${hospital}/gateway-credential`);
    expect(status).toBe(201);
    const { token, scope } = await directory.serviceToken(body.clientId, body.clientSecret);
    expect(scope).toBe('packs:write gateway:read priors:read');
    return { token, ...body } as { token: string; clientId: string; clientSecret: string };
  };
  const configuration = (token: string, hospital: string, etag?: string) =>
    directory.ask(
      token,
      'GET',
      `hospitals/${hospital}/gateway-configuration`,
      undefined,
      etag === undefined ? {} : { 'if-none-match': etag },
    );

  it('of a hospital that is added gets its credential and its configuration', async () => {
    const added = await directory.ask(admin, 'POST', 'hospitals', {
      code: 'H009',
      name: '云岭县医院',
      level: 'county',
      callingAeTitles: ['CT01'],
    });
    expect(added.status).toBe(201);
    expect((await directory.ask(launcher, 'GET', 'gateways')).body).toEqual([
      { hospital: 'H001', name: '栖云省立医院', level: 'provincial', aeTitle: 'H001GW' },
      { hospital: 'H002', name: '望川市中心医院', level: 'municipal', aeTitle: 'H002GW' },
      { hospital: 'H009', name: '云岭县医院', level: 'county', aeTitle: 'H009GW' },
    ]);
    const { token } = await newGateway('H009');
    const { status, body } = await configuration(token, 'H009');
    expect([status, body]).toEqual([
      200,
      {
        hospital: 'H009',
        name: '云岭县医院',
        aeTitle: 'H009GW',
        callingAeTitles: ['CT01'],
        pixels: 'upload',
        uploadDeadlines: PRESETS,
        version: 1,
      },
    ]);
  });

  it('are told of new AE titles by a new ETag, and the others by an event', async () => {
    const { token } = await newGateway('H001');
    const before = await configuration(token, 'H001');
    const etag = before.headers.get('etag') ?? '';
    expect((await configuration(token, 'H001', etag)).status).toBe(304);
    const callingAeTitles = ['STORESCU', 'MODALITY', 'MR02'];
    await directory.ask(admin, 'PATCH', 'hospitals/H001', { version: before.body.version, callingAeTitles });
    const after = await configuration(token, 'H001', etag);
    expect([after.status, after.body.callingAeTitles]).toEqual([200, callingAeTitles]);
    expect(after.headers.get('etag')).not.toBe(etag);
    expect(await directory.events('hospital.changed.v1')).toEqual([
      {
        hospital: 'H001',
        name: '栖云省立医院',
        level: 'provincial',
        callingAeTitles,
        version: 2,
        changedAt: expect.any(String),
      },
    ]);
  });

  it('are told of new deadlines, which hold from a day on and say where they come from', async () => {
    const { token } = await newGateway('H002');
    const etag = (await configuration(token, 'H002')).headers.get('etag') ?? '';
    const set = (as: string, day: string, setting: object) =>
      directory.ask(as, 'PUT', `upload-deadlines/urgent/${day}`, setting);
    const setting = { minutes: 30, source: '云卫办〔2026〕7号' };
    const { status, body } = await set(admin, '2026-12-01', setting);
    expect([status, body.deadlines[2]]).toEqual([
      200,
      { priority: 'urgent', validFrom: '2026-12-01', ...setting, changedBy: 'admin', changedAt: expect.any(String) },
    ]);
    const after = await configuration(token, 'H002', etag);
    const changed = { priority: 'urgent', validFrom: '2026-12-01', minutes: 30 };
    expect([after.status, after.body.uploadDeadlines]).toEqual([200, [...PRESETS, changed]]);
    const known = after.headers.get('etag') ?? '';
    expect((await configuration(token, 'H002', known)).status).toBe(304);
    await set(admin, '2026-12-01', { ...setting, minutes: 45 });
    expect((await configuration(token, 'H002', known)).body.uploadDeadlines[2].minutes).toBe(45);
    expect((await set(admin, '2026-12-01', { minutes: 0, source: 'x' })).status).toBe(400);
    expect((await set(admin, '2026-12-01', { minutes: 10 })).status).toBe(400);
    expect((await set(token, '2026-12-01', setting)).status).toBe(403);
  });

  it('of a suspended hospital take nothing new', async () => {
    const { token } = await newGateway('H009');
    const suspended = await directory.ask(admin, 'PATCH', 'hospitals/H009', { version: 1, suspended: true });
    expect(suspended.body).toMatchObject({ suspended: true, callingAeTitles: ['CT01'], version: 2 });
    expect((await configuration(token, 'H009')).body.callingAeTitles).toEqual([]);
  });

  it('read their own hospital only, and enrol nobody', async () => {
    const { token } = await newGateway('H002');
    const foreign = await configuration(token, 'H001');
    expect([foreign.status, foreign.body.code]).toEqual([403, 'ANOTHER_HOSPITALS_GATEWAY']);
    expect((await directory.ask(token, 'GET', 'gateways')).status).toBe(403);
    expect((await directory.ask(token, 'POST', 'hospitals/H002/gateway-credential')).status).toBe(403);
    expect((await directory.ask(admin, 'POST', 'hospitals/H002/gateway-credential')).status).toBe(403);
    expect((await directory.ask(launcher, 'POST', 'hospitals/H404/gateway-credential')).status).toBe(404);
  });

  it('lose their old credential when a new one is made', async () => {
    const old = await newGateway('H001');
    await newGateway('H001');
    const refused = await directory.serviceToken(old.clientId, old.clientSecret);
    expect([refused.status, refused.error]).toEqual([401, 'invalid_client']);
  });
});
