import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConsentAuditService } from '../testing/consent-audit-service.js';

describe('who asks for statistics', () => {
  let service: ConsentAuditService;
  beforeAll(async () => {
    service = await ConsentAuditService.start();
  });
  afterAll(() => service.stop());
  const ask = (period: string, role: 'auditor' | 'administrator' = 'auditor') =>
    service.ask(role, null, 'GET', `statistics?${period}`);

  it('is an auditor, of whole months; others are refused, and that is recorded', async () => {
    const { status, body } = await ask('from=2020-01&to=2020-12');
    const none = { months: [], hospitals: [], purposes: [], codes: [], findings: [], verdicts: [] };
    expect([status, body]).toEqual([200, none]);
    expect((await ask('from=2020-01&to=2020-12', 'administrator')).status).toBe(403);
    const wrong = [await ask('from=2020-02&to=2020-01'), await ask('from=2020-13&to=2021-01'), await ask('from=2020')];
    expect(wrong.map(({ body: { code } }) => code)).toEqual(Array(3).fill('INVALID_REQUEST'));
    await service.settled();
    const denied = await service.ask('auditor', null, 'GET', 'accesses?actor=the.administrator.null&outcome=deny');
    expect(denied.body.items).toMatchObject([{ query: ['statistics'] }]);
  });
});
