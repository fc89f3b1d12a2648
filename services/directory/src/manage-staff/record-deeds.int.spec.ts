import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeedRecordedV1, type EventData } from '@yinglian/contracts';
import { DirectoryService } from '../testing/directory-service.js';

type Deed = EventData<typeof DeedRecordedV1>;

describe('what administrators do', () => {
  let directory: DirectoryService;
  let admin: string;
  let security: string;

  const deeds = async (): Promise<Deed[]> =>
    (await directory.events('deed.recorded.v1')).map((data) => DeedRecordedV1.data.parse(data));
  /** In their order, for one account's lie in one partition. */
  const recorded = async (subject = 'admin') =>
    (await deeds())
      .filter(({ actor }) => actor.subject === subject)
      .map(({ action, account, hospital, object, code, changed }) => [
        action,
        account ?? object?.id,
        hospital,
        code,
        changed,
      ]);
  const ask = (method: string, path: string, body?: object) => directory.ask(admin, method, path, body);

  beforeAll(async () => {
    directory = await DirectoryService.start();
    admin = await directory.personToken('admin');
    security = await directory.provedToken('security');
  });
  afterAll(() => directory?.stop());

  it('is recorded of the first start as the province’s own', async () => {
    const first = await deeds();
    expect(new Set(first.map(({ actor }) => actor.subject))).toEqual(new Set(['-']));
    expect(new Set(first.map(({ action }) => action))).toEqual(new Set(['hospital.add', 'staff.add']));
  });

  it('is recorded with each deed, by who did it, and never its values', async () => {
    const staff = { username: 'dr.neu', displayName: '牛新', roles: ['clinician'], hospital: 'H001', department: null };
    const reason = '新入职医师';
    const { proposal } = (await ask('POST', 'staff', { ...staff, reason })).body;
    await directory.ask(security, 'POST', `role-proposals/${proposal.proposalId}/approval`);
    await ask('PATCH', 'staff/dr.neu', { version: 2, displayName: '牛新新' });
    await ask('PATCH', 'staff/dr.neu', { version: 3, active: false });
    await ask('POST', 'staff/dr.neu/password');
    await ask('POST', 'hospitals', { code: 'H009', name: '第九医院', level: 'county' });
    await ask('PATCH', 'hospitals/H009', { version: 1, suspended: true });
    await ask('POST', 'hospitals/H009/departments', { code: 'RAD', name: '放射科' });
    await ask('PATCH', 'hospitals/H009/departments/RAD', { version: 1, name: '影像科' });
    await ask('POST', 'hospitals/H009/workstations', { aeTitle: 'READ9', plain: true });
    await ask('DELETE', 'hospitals/H009/workstations/READ9');
    await ask('POST', 'clients', { clientId: 'his.h009', scopes: ['persons:read'], hospital: 'H009' });
    await ask('POST', 'clients/his.h009/secret');
    await ask('DELETE', 'clients/his.h009');
    await ask('PUT', 'upload-deadlines/routine/2026-12-01', { minutes: 60, source: '通知第 3 号' });
    expect(await recorded()).toEqual([
      ['staff.add', 'dr.neu', 'H001', 'ACTIVE', []],
      ['roles.propose', 'dr.neu', 'H001', 'DONE', []],
      ['staff.change', 'dr.neu', 'H001', 'ACTIVE', ['displayName']],
      ['staff.change', 'dr.neu', 'H001', 'CLOSED', ['active']],
      ['password.reset', 'dr.neu', null, 'DONE', []],
      ['hospital.add', undefined, 'H009', 'DONE', []],
      ['hospital.change', undefined, 'H009', 'DONE', ['suspended']],
      ['department.add', 'RAD', 'H009', 'DONE', []],
      ['department.change', 'RAD', 'H009', 'DONE', ['name']],
      ['workstation.add', 'READ9', 'H009', 'DONE', []],
      ['workstation.remove', 'READ9', 'H009', 'DONE', []],
      ['client.add', 'his.h009', 'H009', 'DONE', []],
      ['client.renew', 'his.h009', null, 'DONE', []],
      ['client.remove', 'his.h009', null, 'DONE', []],
      ['deadline.set', 'routine 2026-12-01', null, 'DONE', ['minutes', 'source']],
    ]);
    expect(await recorded('security')).toEqual([['roles.approve', 'dr.neu', 'H001', 'DONE', []]]);
  });

  it('is not recorded when it is refused', async () => {
    const before = await recorded();
    const refused = [
      await ask('PATCH', 'staff/dr.neu', { version: 1, active: true }),
      await ask('POST', 'hospitals', { code: 'H001', name: '又一个', level: 'county' }),
      await ask('POST', 'clients/no.body/secret'),
      await ask('DELETE', 'clients/no.body'),
      await ask('POST', 'hospitals/H404/departments', { code: 'RAD', name: '放射科' }),
      await ask('DELETE', 'hospitals/H001/workstations/NONE'),
    ];
    expect(refused.map(({ status }) => status)).toEqual([409, 409, 404, 404, 404, 404]);
    expect(await recorded()).toEqual(before);
  });
});
