import { describe, expect, it } from '@jest/globals';
import { DeedRecordedV1 } from '@yinglian/contracts';
import { deedBy } from './deed-by.js';

const AT = new Date('2026-11-24T08:00:00Z');
const admin = {
  kind: 'person',
  subject: 'admin',
  displayName: '管理员',
  roles: ['administrator'],
  hospital: null,
  department: null,
  sessionId: 's',
  secondFactorAt: null,
  purposeOfUse: 'TREAT',
} as const;

describe('the record of a deed', () => {
  it('names who did what to whom, and nothing else', () => {
    const deed = { action: 'staff.change', account: 'dr.lin', hospital: 'H001', changed: ['roles'] } as const;
    const record = deedBy(admin, { ...deed, changed: [...deed.changed] }, AT);
    expect(record).toEqual({
      recordId: expect.any(String),
      at: '2026-11-24T08:00:00.000Z',
      actor: { subject: 'admin', displayName: '管理员', roles: ['administrator'], hospital: null },
      action: 'staff.change',
      purposeOfUse: 'HOPERAT',
      personId: null,
      studyInstanceUid: null,
      account: 'dr.lin',
      hospital: 'H001',
      object: null,
      code: 'DONE',
      changed: ['roles'],
    });
    expect(DeedRecordedV1.data.parse(record)).toEqual(record);
  });

  it('knows programs and the province itself', () => {
    const program = { kind: 'service', clientId: 'his', scopes: [], hospital: 'H002' } as const;
    const actors = [program, null].map((doer) => deedBy(doer, { action: 'client.renew' }, AT).actor);
    expect(actors).toEqual([
      { subject: 'client:his', displayName: 'his', roles: [], hospital: 'H002' },
      { subject: '-', displayName: '', roles: [], hospital: null },
    ]);
  });
});
