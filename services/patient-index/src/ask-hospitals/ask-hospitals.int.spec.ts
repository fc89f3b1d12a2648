import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { observed, PatientIndexService, residentIdOf } from '../testing/patient-index-service.js';

const residentId = residentIdOf(1);
const owner = observed('H001', { pn: '周^明', residentId });
const borrower = observed('H002', { pn: '吴^刚', residentId, birthDate: '19650809' });

describe('a question to a hospital', () => {
  let index: PatientIndexService;
  let conflictId: string;
  beforeAll(async () => {
    index = await PatientIndexService.start();
    await index.observe(owner);
    await index.observe(borrower);
    conflictId = (await index.ask('steward', 'GET', 'conflicts')).body.conflicts[0].conflictId;
  });
  afterAll(() => index.stop());

  async function administratorOf(hospital: string | null, method: string, path: string, body?: object) {
    const token = await index.issuer.personToken({ subject: `admin.${hospital}`, roles: ['administrator'], hospital });
    const response = await fetch(`${index.service.address}/api/patient-index/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }
  const ask = (hospital: string, question = '借用他人就诊卡吗？请核对挂号时的证件。') =>
    index.ask('steward', 'POST', `conflicts/${conflictId}/questions`, { hospital, question });
  const queue = async (state: string) =>
    (await index.ask('steward', 'GET', `conflicts?state=${state}`)).body.conflicts.length;

  it('takes the conflict out of the queue, and shows the hospital its own patient numbers only', async () => {
    const { status, body } = await ask('H002');
    expect(status).toBe(200);
    expect([await queue('open'), await queue('waiting')]).toEqual([0, 1]);
    expect((await administratorOf('H002', 'GET', 'questions')).body).toEqual({
      questions: [
        {
          questionId: body.questionId,
          patients: [borrower.patient],
          question: '借用他人就诊卡吗？请核对挂号时的证件。',
          askedByName: 'the.steward',
          askedAt: expect.any(String),
        },
      ],
    });
    for (const other of ['H001', null])
      expect((await administratorOf(other, 'GET', 'questions')).body).toEqual({ questions: [] });
  });

  it('is answered by that hospital, once, and the conflict is there to decide again', async () => {
    const [{ questionId }] = (await administratorOf('H002', 'GET', 'questions')).body.questions as [
      { questionId: string },
    ];
    const answer = (hospital: string | null, text = '是，家属代挂号。') =>
      administratorOf(hospital, 'POST', `questions/${questionId}/answer`, { answer: text });
    for (const other of ['H001', null]) expect((await answer(other)).body.code).toBe('QUESTION_NOT_FOUND');
    expect((await answer('H002')).status).toBe(200);
    expect((await answer('H002')).body.code).toBe('QUESTION_ALREADY_ANSWERED');
    expect([await queue('open'), await queue('waiting')]).toEqual([1, 0]);
    const shown = await index.ask('steward', 'GET', `conflicts/${conflictId}`);
    expect(shown.body.questions).toEqual([
      expect.objectContaining({ hospital: 'H002', answer: '是，家属代挂号。', answeredByName: 'admin.H002' }),
    ]);
    const [listed] = (await index.ask('steward', 'GET', 'conflicts')).body.conflicts;
    expect(listed.lastQuestion).toEqual({
      hospital: 'H002',
      askedAt: expect.any(String),
      answeredAt: expect.any(String),
    });
  });

  it('may be answered by a steward who was told by telephone; it waits while one is open', async () => {
    const [one, other] = [await ask('H001'), await ask('H002')];
    const answer = (questionId: string) =>
      index.ask('steward', 'POST', `questions/${questionId}/answer`, { answer: '电话答复：证件为本人' });
    await answer(one.body.questionId);
    expect(await queue('waiting')).toBe(1);
    await answer(other.body.questionId);
    expect(await queue('waiting')).toBe(0);
  });

  it('is refused where no patient of the hospital is in question, and after the decision', async () => {
    expect((await ask('H003')).body.code).toBe('HOSPITAL_NOT_CONCERNED');
    expect((await index.ask('clinician', 'GET', 'questions')).body.code).toBe('ROLE_NOT_ALLOWED');
    expect((await index.ask('clinician', 'POST', 'questions/1/answer', { answer: 'x' })).status).toBe(403);
    await ask('H002');
    await index.ask('steward', 'POST', `conflicts/${conflictId}/decision`, { decision: 'keep-apart', note: '借卡' });
    expect((await ask('H001')).body.code).toBe('CONFLICT_ALREADY_DECIDED');
    expect((await administratorOf('H002', 'GET', 'questions')).body).toEqual({ questions: [] });
  });
});
