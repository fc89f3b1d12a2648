import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DirectoryService } from '../testing/directory-service.js';

const PATH = 'hospitals/H001/workstations';
/** As openssl prints it, and as it is kept. */
const PRINTED = Array(32).fill('AB').join(':');
const KEPT = 'ab'.repeat(32);

describe('workstations of a hospital', () => {
  let directory: DirectoryService;
  let admin: string;

  beforeAll(async () => {
    directory = await DirectoryService.start();
    admin = await directory.personToken('admin');
  });
  afterAll(() => directory?.stop());

  const codeOf = ({ status, body }: { status: number; body: { code: string } }) => [status, body.code];
  const settings = {
    name: '阅片室 1',
    certificates: [KEPT],
    plain: false,
    host: '10.1.20.31',
    port: 2762,
    tls: true,
    maximumAssociations: 8,
  };
  const listed = async (hospital = 'H001') =>
    (await directory.ask(admin, 'GET', `hospitals/${hospital}/workstations`)).body.workstations;
  const told = async (aeTitle: string) => {
    const all = [
      ...(await directory.events('workstation.changed.v1')),
      ...(await directory.events('workstation.removed.v1')),
    ] as { aeTitle: string }[];
    return all.filter((each) => each.aeTitle === aeTitle);
  };

  it('are added with presets, changed whole and removed, and the others are told each time', async () => {
    const added = await directory.ask(admin, 'POST', PATH, { aeTitle: 'H1READ1', certificates: [PRINTED] });
    const first = { ...settings, aeTitle: 'H1READ1', hospital: 'H001', name: null, host: null, port: null, version: 1 };
    expect([added.status, added.body]).toEqual([201, { ...first, changedAt: expect.any(String) }]);
    const { name, host, port } = settings;
    const changed = await directory.ask(admin, 'PUT', `${PATH}/H1READ1`, { version: 1, ...settings });
    const second = { ...first, name, host, port, version: 2 };
    expect([changed.status, changed.body]).toEqual([200, { ...second, changedAt: expect.any(String) }]);
    expect(await listed()).toEqual([changed.body]);
    expect((await directory.ask(admin, 'DELETE', `${PATH}/H1READ1`)).status).toBe(204);
    expect(await listed()).toEqual([]);
    expect(await told('H1READ1')).toEqual([
      added.body,
      changed.body,
      { aeTitle: 'H1READ1', hospital: 'H001', version: 3, removedAt: expect.any(String) },
    ]);
  });

  it('are told again when they are saved as they are', async () => {
    const { body } = await directory.ask(admin, 'POST', PATH, { aeTitle: 'SAME', ...settings });
    await directory.ask(admin, 'PUT', `${PATH}/SAME`, { version: 1, ...settings });
    expect(await told('SAME')).toEqual([body, { ...body, version: 2, changedAt: expect.any(String) }]);
  });

  it('share no AE title in the province, but one that is removed goes to another hospital with its versions', async () => {
    await directory.ask(admin, 'POST', PATH, { aeTitle: 'MOVES', ...settings });
    const elsewhere = () => directory.ask(admin, 'POST', 'hospitals/H002/workstations', { aeTitle: 'MOVES' });
    expect(codeOf(await elsewhere())).toEqual([409, 'WORKSTATION_TITLE_TAKEN']);
    await directory.ask(admin, 'DELETE', `${PATH}/MOVES`);
    const { status, body } = await elsewhere();
    expect([status, body]).toMatchObject([201, { hospital: 'H002', certificates: [], host: null, version: 3 }]);
    expect(await listed('H002')).toEqual([body]);
    expect(codeOf(await directory.ask(admin, 'DELETE', `${PATH}/MOVES`))).toEqual([404, 'WORKSTATION_NOT_FOUND']);
  });

  it('are changed on the version that was read, and at their own hospital', async () => {
    await directory.ask(admin, 'POST', PATH, { aeTitle: 'READ', ...settings });
    const both = await Promise.all(
      ['甲', '乙'].map((name) => directory.ask(admin, 'PUT', `${PATH}/READ`, { version: 1, ...settings, name })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const refused = [
      await directory.ask(admin, 'PUT', `${PATH}/READ`, { version: 1, ...settings }),
      await directory.ask(admin, 'PUT', `${PATH}/NONE`, { version: 1, ...settings }),
      await directory.ask(admin, 'PUT', 'hospitals/H002/workstations/READ', { version: 2, ...settings }),
      await directory.ask(admin, 'DELETE', `${PATH}/NONE`),
      await directory.ask(admin, 'POST', 'hospitals/H404/workstations', { aeTitle: 'LOST' }),
      await directory.ask(admin, 'GET', 'hospitals/H404/workstations'),
    ];
    expect(refused.map(codeOf)).toEqual([
      [409, 'VERSION_CONFLICT'],
      [404, 'WORKSTATION_NOT_FOUND'],
      [404, 'WORKSTATION_NOT_FOUND'],
      [404, 'WORKSTATION_NOT_FOUND'],
      [404, 'HOSPITAL_NOT_FOUND'],
      [404, 'HOSPITAL_NOT_FOUND'],
    ]);
  });

  it.each([
    ['a fingerprint that is none', { certificates: ['AB:CD'] }],
    ['a certificate twice', { certificates: [PRINTED, KEPT] }],
    ['a host without a port', { ...settings, port: null }],
    ['a port without a host', { ...settings, host: null }],
    ['a TLS listener of which no certificate is known', { ...settings, certificates: [] }],
    ['a host that is an address of the web', { ...settings, host: 'http://10.1.20.31/' }],
    ['an AE title that is a step of a path', { aeTitle: '..' }],
    ['an AE title with a backslash', { aeTitle: 'A\\B' }],
    ['a field that nobody knows', { plane: true }],
  ])('are refused with %s', async (_, wrong) => {
    expect(codeOf(await directory.ask(admin, 'POST', PATH, { aeTitle: 'WRONG', ...wrong }))).toEqual([
      400,
      'INVALID_REQUEST',
    ]);
  });

  it('have whatever AE title DICOM allows', async () => {
    const aeTitle = 'CT 1/A%2F?#';
    const path = `${PATH}/${encodeURIComponent(aeTitle)}`;
    await directory.ask(admin, 'POST', PATH, { aeTitle, ...settings });
    expect((await directory.ask(admin, 'PUT', path, { version: 1, ...settings })).body).toMatchObject({ aeTitle });
    expect((await directory.ask(admin, 'DELETE', path)).status).toBe(204);
  });

  it('are seen and changed by administrators only', async () => {
    const clinician = await directory.personToken('dr.lin');
    const refused = [
      await directory.ask(clinician, 'GET', PATH),
      await directory.ask(clinician, 'POST', PATH, { aeTitle: 'MINE', plain: true }),
      await directory.ask(clinician, 'PUT', `${PATH}/READ`, { version: 2, ...settings }),
      await directory.ask(clinician, 'DELETE', `${PATH}/READ`),
    ];
    expect(refused.map(codeOf)).toEqual(refused.map(() => [403, 'ROLE_NOT_ALLOWED']));
    expect((await directory.ask(undefined, 'GET', PATH)).status).toBe(401);
  });
});
