import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { FindUnusualHandler } from '../find-unusual/find-unusual.handler.js';
import { ConsentAuditService } from '../testing/consent-audit-service.js';
import { emergency, newPatient, person } from '../testing/emergency.js';

const auditor = person('auditor', null);
let clinicians = 0;

describe('what was found to be unusual', () => {
  let service: ConsentAuditService;
  let subject: string;

  const ask = (method: string, path: string, body?: object, who = auditor) =>
    service.askAs(who, method, `findings${path}`, body);
  const open = async () =>
    (await ask('GET', '?limit=200')).body.items.filter(
      ({ actor }: { actor: { subject: string } }) => actor.subject === subject,
    );

  beforeAll(async () => {
    service = await ConsentAuditService.start();
  });
  afterAll(() => service.stop());
  /** A clinician breaks the glass three times. */
  beforeEach(async () => {
    clinicians += 1;
    subject = `dr.often.${clinicians}`;
    for (let n = 0; n < 3; n += 1) {
      const { personId } = newPatient();
      await service.askAs(person('clinician', 'H003', { subject }), 'POST', 'break-glass', emergency({ personId }));
    }
    while ((await service.app.get(FindUnusualHandler).execute(new Date())) > 0);
  });

  it('waits for an auditor with its rule and its records, and becomes a case', async () => {
    const [finding] = await open();
    expect(finding).toMatchObject({ rule: 'BREAK_GLASS_CLUSTER', count: 3, threshold: 3, settledAt: null });
    const { items } = (await ask('GET', `/${finding.findingId}/records`)).body;
    expect(items.map(({ action }: { action: string }) => action)).toEqual(Array(3).fill('break-glass.open'));
    const { body } = await ask('POST', `/${finding.findingId}/case`, { title: '一周内多次紧急调阅' });
    const shown = (await service.askAs(auditor, 'GET', `cases/${body.caseId}`)).body;
    expect(shown).toMatchObject({ origin: 'finding', title: '一周内多次紧急调阅', personId: null });
    expect(shown.records).toHaveLength(3);
    expect(await open()).toEqual([]);
    const settled = (await ask('GET', '?list=settled')).body.items;
    expect(settled).toContainEqual(expect.objectContaining({ findingId: finding.findingId, caseId: body.caseId }));
    expect((await ask('POST', `/${finding.findingId}/case`, { title: '再来一次' })).body.code).toBe('FINDING_SETTLED');
  });

  it('is dismissed with a reason, which is recorded', async () => {
    const [{ findingId }] = await open();
    await ask('POST', `/${findingId}/dismissal`, { note: '急诊科轮值，理由均已复核' });
    expect(await open()).toEqual([]);
    expect((await ask('GET', '?list=settled')).body.items).toContainEqual(
      expect.objectContaining({
        findingId,
        caseId: null,
        note: '急诊科轮值，理由均已复核',
        settledBy: auditor.subject,
      }),
    );
    const { items } = (await service.askAs(auditor, 'GET', 'accesses?action=finding.dismiss&limit=1')).body;
    expect(items).toMatchObject([{ account: subject, object: { kind: 'finding', id: findingId } }]);
  });

  it('is there, and the auditors’ alone', async () => {
    expect((await ask('POST', `/${randomUUID()}/dismissal`, { note: '没有的' })).body.code).toBe('FINDING_NOT_FOUND');
    const [{ findingId }] = await open();
    for (const who of [person('clinician', 'H003'), person('administrator', null)]) {
      const refused = [
        await ask('GET', '', undefined, who),
        await ask('GET', `/${findingId}/records`, undefined, who),
        await ask('POST', `/${findingId}/case`, { title: '不该成立' }, who),
        await ask('POST', `/${findingId}/dismissal`, { note: '不该成立' }, who),
      ];
      expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    }
  });
});
