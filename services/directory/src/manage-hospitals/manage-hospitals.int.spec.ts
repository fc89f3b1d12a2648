import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DirectoryService } from '../testing/directory-service.js';

describe('hospitals', () => {
  let directory: DirectoryService;
  let admin: string;
  let clinician: string;

  beforeAll(async () => {
    directory = await DirectoryService.start();
    admin = await directory.personToken('admin');
    clinician = await directory.personToken('dr.lin');
  });
  afterAll(() => directory?.stop());

  const hospital = { code: 'H010', name: '青溪医院', level: 'township' };
  const codeOf = ({ status, body }: { status: number; body: { code: string } }) => [status, body.code];

  it('are known in short to anybody who signed in', async () => {
    expect((await directory.ask(clinician, 'GET', 'hospitals')).body).toEqual({
      hospitals: [
        { code: 'H001', name: '栖云省立医院', level: 'provincial' },
        { code: 'H002', name: '望川市中心医院', level: 'municipal' },
      ],
    });
    expect(codeOf(await directory.ask(undefined, 'GET', 'hospitals'))).toEqual([401, 'AUTHENTICATION_REQUIRED']);
  });

  it('are added and changed by administrators only', async () => {
    const refused = [
      await directory.ask(clinician, 'POST', 'hospitals', hospital),
      await directory.ask(clinician, 'PATCH', 'hospitals/H001', { version: 1, name: 'x' }),
      await directory.ask(clinician, 'GET', 'hospitals/H001'),
      await directory.ask(clinician, 'POST', 'hospitals/H001/departments', { code: 'X', name: 'x' }),
      await directory.ask(clinician, 'GET', 'clients'),
    ];
    expect(refused.map(codeOf)).toEqual(refused.map(() => [403, 'ROLE_NOT_ALLOWED']));
  });

  it('join with defaults, and the others are told', async () => {
    const { status, body } = await directory.ask(admin, 'POST', 'hospitals', hospital);
    expect([status, body]).toEqual([
      201,
      {
        ...hospital,
        creditCode: null,
        aeTitle: 'H010GW',
        callingAeTitles: [],
        pixels: 'upload',
        suspended: false,
        version: 1,
        warnings: [],
        changedAt: expect.any(String),
      },
    ]);
    expect((await directory.ask(admin, 'GET', 'hospitals/H010')).body).toEqual(body);
    expect(await directory.events('hospital.joined.v1')).toContainEqual({
      hospital: 'H010',
      name: '青溪医院',
      level: 'township',
      callingAeTitles: [],
      version: 1,
      changedAt: body.changedAt,
    });
  });

  it('share neither code nor AE title', async () => {
    const again = await directory.ask(admin, 'POST', 'hospitals', hospital);
    const sameTitle = await directory.ask(admin, 'POST', 'hospitals', { ...hospital, code: 'H011', aeTitle: 'H001GW' });
    const takenLater = await directory.ask(admin, 'PATCH', 'hospitals/H002', { version: 1, aeTitle: 'H001GW' });
    expect([again, sameTitle, takenLater].map(codeOf)).toEqual([
      [409, 'HOSPITAL_CODE_TAKEN'],
      [409, 'AE_TITLE_TAKEN'],
      [409, 'AE_TITLE_TAKEN'],
    ]);
  });

  it('are changed on the version that was read', async () => {
    const changed = await directory.ask(admin, 'PATCH', 'hospitals/H002', { version: 1, name: '望川市第一医院' });
    expect(changed.body).toMatchObject({ code: 'H002', name: '望川市第一医院', level: 'municipal', version: 2 });
    const late = await directory.ask(admin, 'PATCH', 'hospitals/H002', { version: 1, name: '别的名字' });
    expect(codeOf(late)).toEqual([409, 'VERSION_CONFLICT']);
    const both = await Promise.all(
      ['甲', '乙'].map((name) => directory.ask(admin, 'PATCH', 'hospitals/H002', { version: 2, name })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(codeOf(await directory.ask(admin, 'PATCH', 'hospitals/H404', { version: 1 }))).toEqual([
      404,
      'HOSPITAL_NOT_FOUND',
    ]);
  });

  it('with a credit code that fails its check are accepted with a warning', async () => {
    const { version } = (await directory.ask(admin, 'GET', 'hospitals/H010')).body;
    const wrong = await directory.ask(admin, 'PATCH', 'hospitals/H010', { version, creditCode: '91350203M0001QAY9B' });
    expect(wrong.body.warnings).toEqual(['CREDIT_CODE_CHECK_FAILED']);
    const right = await directory.ask(admin, 'PATCH', 'hospitals/H010', {
      version: version + 1,
      creditCode: '123502001549897397',
    });
    expect(right.body.warnings).toEqual([]);
    // Nobody else knows credit codes.
    expect(await directory.events('hospital.changed.v1')).not.toContainEqual(
      expect.objectContaining({ hospital: 'H010' }),
    );
  });

  it.each([
    ['a code that could leave its topic', { ...hospital, code: 'h.*' }],
    ['an AE title with a backslash', { ...hospital, code: 'H012', callingAeTitles: ['A\\B'] }],
    ['an AE title twice', { ...hospital, code: 'H012', callingAeTitles: ['A', 'A'] }],
    ['a name of control characters', { ...hospital, code: 'H012', name: 'a\u0000b' }],
    ['an unknown field', { ...hospital, code: 'H012', version: 7 }],
  ])('are refused with %s', async (_, body) => {
    expect(codeOf(await directory.ask(admin, 'POST', 'hospitals', body))).toEqual([400, 'INVALID_REQUEST']);
  });

  it('keep quotes and scripts in a name as what they are', async () => {
    const name = `O'Brien"); DROP TABLE hospitals;--<script>alert(1)</script>`;
    const { status, body, headers } = await directory.ask(admin, 'POST', 'hospitals', {
      ...hospital,
      code: 'H013',
      name,
    });
    expect([status, body.name, headers.get('content-type')]).toEqual([201, name, 'application/json; charset=utf-8']);
    expect((await directory.ask(admin, 'GET', 'hospitals/H013')).body.name).toBe(name);
  });

  it('have departments', async () => {
    const path = 'hospitals/H001/departments';
    const added = await directory.ask(admin, 'POST', path, { code: 'ICU', name: '重症医学科' });
    expect([added.status, added.body]).toEqual([201, { code: 'ICU', name: '重症医学科', head: null, version: 1 }]);
    const renamed = await directory.ask(admin, 'PATCH', `${path}/ICU`, { version: 1, name: '重症科' });
    expect(renamed.body).toEqual({ code: 'ICU', name: '重症科', head: null, version: 2 });
    expect((await directory.ask(admin, 'GET', path)).body).toEqual({
      departments: [
        { code: 'ICU', name: '重症科', head: null, version: 2 },
        { code: 'RAD', name: '放射科', head: null, version: 1 },
      ],
    });
    const refused = [
      await directory.ask(admin, 'POST', path, { code: 'ICU', name: 'x' }),
      await directory.ask(admin, 'POST', 'hospitals/H404/departments', { code: 'ICU', name: 'x' }),
      await directory.ask(admin, 'PATCH', `${path}/ICU`, { version: 1, name: 'x' }),
      await directory.ask(admin, 'PATCH', `${path}/NO`, { version: 1, name: 'x' }),
      await directory.ask(admin, 'GET', 'hospitals/H404/departments'),
    ];
    expect(refused.map(codeOf)).toEqual([
      [409, 'DEPARTMENT_CODE_TAKEN'],
      [404, 'HOSPITAL_NOT_FOUND'],
      [409, 'VERSION_CONFLICT'],
      [404, 'DEPARTMENT_NOT_FOUND'],
      [404, 'HOSPITAL_NOT_FOUND'],
    ]);
  });

  it('have departments with heads of their own staff, of which the others hear', async () => {
    const path = 'hospitals/H001/departments/RAD';
    const [{ version }] = (await directory.ask(admin, 'GET', 'hospitals/H001/departments')).body.departments.filter(
      ({ code }: { code: string }) => code === 'RAD',
    );
    const headed = await directory.ask(admin, 'PATCH', path, { version, head: 'dr.lin' });
    expect(headed.body).toEqual({ code: 'RAD', name: '放射科', head: 'dr.lin', version: version + 1 });
    const refused = [
      await directory.ask(admin, 'PATCH', path, { version: version + 1, head: 'nobody.here' }),
      await directory.ask(admin, 'PATCH', path, { version: version + 1, head: 'admin' }),
      await directory.ask(admin, 'PATCH', path, { version, head: null }),
    ];
    expect(refused.map(codeOf)).toEqual([
      [422, 'DEPARTMENT_HEAD_UNKNOWN'],
      [422, 'DEPARTMENT_HEAD_UNKNOWN'],
      [409, 'VERSION_CONFLICT'],
    ]);
    expect((await directory.ask(admin, 'PATCH', path, { version: version + 1, head: null })).body.head).toBeNull();
    const told = (await directory.events('department.changed.v1')) as { code: string; head: string | null }[];
    expect(told.filter(({ code }) => code === 'RAD').map(({ head }) => head)).toEqual(['dr.lin', null]);
  });

  it('are described by OpenAPI', async () => {
    const { body } = await directory.ask(undefined, 'GET', 'openapi.json');
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining([
        '/api/directory/hospitals',
        '/api/directory/staff/{username}',
        '/api/directory/hospitals/{code}/gateway-configuration',
      ]),
    );
    expect(Object.keys(body.paths)).not.toContain('/oidc/interaction/{uid}');
  });
});
