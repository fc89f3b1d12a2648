import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EventData, SignInRecordedV1 } from '@yinglian/contracts';
import { ConsentAuditService } from '../testing/consent-audit-service.js';

type SignIn = EventData<typeof SignInRecordedV1>;

const SECOND = '0192f0c1-5f4e-7c3a-9b1d-000000000003';

describe('the audit trail of sign-ins', () => {
  let service: ConsentAuditService;
  let golden: SignIn;

  beforeAll(async () => {
    const file = new URL('../../../../libs/contracts/src/golden/sign-in.recorded.v1.json', import.meta.url);
    golden = SignInRecordedV1.data.parse(JSON.parse(await readFile(file, 'utf8')));
    service = await ConsentAuditService.start();
  });
  afterAll(() => service.stop());

  it('keeps who did what to whose account, from where, and lists it among the accesses', async () => {
    await service.told(SignInRecordedV1, golden);
    await service.told(SignInRecordedV1, {
      ...golden,
      recordId: SECOND,
      outcome: 'deny',
      methods: ['pwd', 'otp'],
      account: null,
    });
    await service.settled();
    const { body } = await service.ask('auditor', null, 'GET', 'accesses?actor=admin');
    const first = {
      position: expect.any(String),
      accessId: golden.recordId,
      at: '2026-12-04T08:00:00.000Z',
      lastAt: '2026-12-04T08:00:00.000Z',
      count: 1,
      actor: golden.actor,
      action: 'factor.removed',
      purposeOfUse: 'HOPERAT',
      personId: null,
      studyInstanceUid: null,
      ownerHospital: null,
      breakGlassId: null,
      account: 'dr.chen',
      address: '192.0.2.7',
      object: null,
      query: [],
      decision: { outcome: 'permit', code: 'REMOVED_BY_ADMINISTRATOR', policies: [], policyVersion: '' },
      service: 'directory',
    };
    expect(body.items).toEqual([
      {
        ...first,
        accessId: SECOND,
        account: null,
        query: ['pwd', 'otp'],
        decision: { ...first.decision, outcome: 'deny' },
      },
      first,
    ]);
  });
});
