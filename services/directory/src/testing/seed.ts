import type { DirectorySeedFile } from '@yinglian/contracts';

/** Secrets of the tests only. */
export const PASSWORD = 'correct horse battery';
export const LAUNCHER_SECRET = 'the-launcher-in-the-tests';

const staff = (
  username: string,
  roles: DirectorySeedFile['staff'][number]['roles'],
  hospital: string | null,
  department: string | null,
) => ({ username, displayName: `员工 ${username}`, password: PASSWORD, roles, hospital, department });

export const SEED: DirectorySeedFile = {
  hospitals: [
    {
      code: 'H001',
      name: '栖云省立医院',
      level: 'provincial',
      creditCode: '123502001549897397',
      callingAeTitles: ['STORESCU', 'MODALITY'],
      departments: [{ code: 'RAD', name: '放射科' }],
    },
    { code: 'H002', name: '望川市中心医院', level: 'municipal', callingAeTitles: [], departments: [] },
  ],
  staff: [
    staff('admin', ['administrator'], null, null),
    staff('security', ['security-administrator'], null, null),
    staff('security2', ['security-administrator'], null, null),
    staff('admin.h1', ['administrator'], 'H001', null),
    staff('security.h1', ['security-administrator'], 'H001', null),
    staff('dr.lin', ['clinician'], 'H001', 'RAD'),
    staff('auditor', ['auditor'], null, null),
  ],
  clients: [
    { clientId: 'launcher', clientSecret: LAUNCHER_SECRET, scope: 'gateway:enrol', hospital: null },
    { clientId: 'device-H001', clientSecret: 'a-device-in-the-tests', scope: 'stow:write', hospital: 'H001' },
  ],
};
