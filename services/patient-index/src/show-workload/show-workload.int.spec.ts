import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { observed, PatientIndexService, residentIdOf } from '../testing/patient-index-service.js';

describe('the workload', () => {
  let index: PatientIndexService;
  beforeAll(async () => {
    index = await PatientIndexService.start();
  });
  afterAll(() => index.stop());

  it('counts what is open by kind and age, what was decided by whom and how fast, and what was taken back', async () => {
    for (let n = 1; n <= 4; n += 1) {
      const residentId = residentIdOf(n);
      await index.observe(observed('H001', { pn: '周^明', residentId }));
      await index.observe(observed('H002', { pn: '吴^刚', residentId, birthDate: '19650809' }));
    }
    const { conflicts } = (await index.ask('steward', 'GET', 'conflicts')).body;
    const [decided, undone, asked, old] = conflicts.map((one: { conflictId: string }) => one.conflictId);
    const keepApart = async (conflictId: string) =>
      (
        await index.ask('steward', 'POST', `conflicts/${conflictId}/decision`, {
          decision: 'keep-apart',
          note: '借卡',
        })
      ).body;
    const age = (conflictId: string, interval: string) =>
      index.database.query('UPDATE conflicts SET opened_at = now() - $2::interval WHERE conflict_id = $1', [
        conflictId,
        interval,
      ]);
    await age(decided, '2 hours');
    await age(old, '8 days');
    await keepApart(decided);
    const { decisionId } = await keepApart(undone);
    await index.ask('steward', 'POST', `decisions/${decisionId}/withdrawal`, { note: '看错了' });
    await index.ask('steward', 'POST', `conflicts/${asked}/questions`, { hospital: 'H002', question: '？' });
    const { body } = await index.ask('steward', 'GET', 'workload?days=7');
    expect(body).toEqual({
      days: 7,
      open: [{ kind: 'SHARED_ID', waiting: 1, today: 1, week: 0, older: 1 }],
      decided: [{ day: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), steward: 'the.steward', decisions: 2 }],
      medianSeconds: expect.any(Number),
      withdrawn: 1,
    });
    expect(Math.round(body.medianSeconds / 60)).toBe(120);
  });
});
