import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Observed, observed, PatientIndexService, residentIdOf } from '../testing/patient-index-service.js';

describe('a steward', () => {
  let index: PatientIndexService;
  let ids = 0;
  beforeAll(async () => {
    index = await PatientIndexService.start();
  });
  afterAll(() => index.stop());

  async function sharedCard(): Promise<{
    owner: Observed;
    borrower: Observed;
    residentId: string;
    conflictId: string;
  }> {
    ids += 1;
    const residentId = residentIdOf(ids);
    const owner = observed('H001', { pn: '周^明', residentId, sex: 'M' });
    const borrower = observed('H002', { pn: '吴^刚', residentId, birthDate: '19650809', sex: 'M' });
    await index.observe(owner);
    await index.observe(borrower);
    const [conflict] = await index.database.query<{ conflict_id: string }>(
      'SELECT conflict_id FROM conflicts WHERE number = $1',
      [`RESIDENT_ID ${residentId}`],
    );
    return { owner, borrower, residentId, conflictId: conflict?.conflict_id ?? '' };
  }
  const decide = (conflictId: string, body: object) =>
    index.ask('steward', 'POST', `conflicts/${conflictId}/decision`, body);

  it('sees the records side by side, page by page, and the look is recorded', async () => {
    const { owner, borrower, residentId, conflictId } = await sharedCard();
    await sharedCard();
    const page = await index.ask('steward', 'GET', 'conflicts?limit=1');
    expect(page.body).toEqual({
      conflicts: [
        {
          conflictId,
          kind: 'SHARED_ID',
          risk: 100,
          waiting: false,
          lastQuestion: null,
          patient: borrower.patient,
          idNumberMasked: `${residentId.slice(0, 6)}********${residentId.slice(14)}`,
          openedAt: expect.any(String),
          decision: null,
          record: {
            name: '吴刚',
            otherNames: [],
            sex: 'M',
            birthDate: '19650809',
            idNumberMasked: `${residentId.slice(0, 6)}********${residentId.slice(14)}`,
          },
          agreement: { name: 'differ', birthDate: 'differ', sex: 'agree' },
          person: expect.objectContaining({ personId: await index.personOf(borrower), name: '吴刚' }),
          otherPerson: expect.objectContaining({ personId: await index.personOf(owner), name: '周明' }),
        },
      ],
      nextCursor: `100-${conflictId}`,
    });
    const next = await index.ask('steward', 'GET', `conflicts?cursor=${page.body.nextCursor}`);
    expect(next.body.conflicts).toHaveLength(1);
    expect(next.body.nextCursor).toBeNull();
    expect(await index.events('audit')).toContainEqual(
      expect.objectContaining({ action: 'person.search', query: ['conflicts'] }),
    );
  });

  it('sees the highest risk first, then whoever waited longest, of one kind or hospital; and what was decided last', async () => {
    const message = { studyInstanceUid: null, observedAt: '2024-01-01T08:00:00.000Z' };
    const shared = await sharedCard();
    const [firstId, laterId] = [residentIdOf(801), residentIdOf(802)];
    const changed = observed('H003', { pn: '钱^一', residentId: firstId, ...message });
    await index.observe(changed);
    await index.observe({ ...changed, otherIds: [{ id: laterId, issuer: '' }] });
    const queue = async (query: string) =>
      (await index.ask('steward', 'GET', `conflicts?limit=100&${query}`)).body.conflicts as {
        conflictId: string;
        kind: string;
        risk: number;
      }[];
    const all = await queue('');
    const order = all.map(({ risk, conflictId }) => [-risk, Number(conflictId)]);
    expect(order).toEqual(order.toSorted(([a = 0, b = 0], [c = 0, d = 0]) => a - c || b - d));
    expect(all.at(-1)).toMatchObject({ kind: 'ID_CHANGED', risk: 30 });
    expect((await queue('kind=ID_CHANGED')).map(({ kind }) => kind)).toEqual(['ID_CHANGED']);
    expect((await queue('hospital=H003')).map(({ kind }) => kind)).toEqual(['ID_CHANGED']);
    const paged: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { body } = await index.ask('steward', 'GET', `conflicts?limit=2${cursor && `&cursor=${cursor}`}`);
      paged.push(...body.conflicts.map((one: { conflictId: string }) => one.conflictId));
      cursor = body.nextCursor;
    }
    expect(paged).toEqual(all.map(({ conflictId }) => conflictId));
    await decide(all.at(-1)?.conflictId ?? '', { decision: 'keep-apart', note: '换证' });
    await decide(shared.conflictId, { decision: 'keep-apart', note: '借卡' });
    const decided = await queue('state=decided');
    expect(decided.slice(0, 2).map(({ kind }) => kind)).toEqual(['SHARED_ID', 'ID_CHANGED']);
    const { body } = await index.ask('steward', 'GET', 'conflicts?state=decided&limit=1');
    const next = await index.ask('steward', 'GET', `conflicts?state=decided&limit=1&cursor=${body.nextCursor}`);
    expect(next.body.conflicts[0].conflictId).toBe(decided[1]?.conflictId);
  });

  it('takes a decision back by its id, and is asked again', async () => {
    const { conflictId, borrower } = await sharedCard();
    const personId = await index.personOf(borrower);
    const { body } = await decide(conflictId, { decision: 'link', note: '电话核实' });
    expect(await index.personOf(borrower)).not.toBe(personId);
    const taken = await index.ask('steward', 'POST', `decisions/${body.decisionId}/withdrawal`, { note: '点错了' });
    expect(taken.status).toBe(200);
    expect(await index.personOf(borrower)).toBe(personId);
    const shown = await index.ask('steward', 'GET', `conflicts/${conflictId}`);
    expect(shown.body.decision).toBeNull();
    expect((await decide(conflictId, { decision: 'keep-apart', note: '借卡' })).status).toBe(200);
  });

  it('is not asked whether two are the same while they are one, and again when they no longer are', async () => {
    const likely = { pn: '欧阳^若兰', birthDate: '19710305', sex: 'F' };
    const [one, other] = [observed('H001', likely), observed('H002', likely)];
    await index.observe(one);
    await index.observe(other);
    const asked = async () => {
      const { body } = await index.ask('steward', 'GET', 'conflicts?kind=LIKELY_SAME');
      const { body: workload } = await index.ask('steward', 'GET', 'workload');
      return [
        body.conflicts.length,
        workload.open.filter(({ kind }: { kind: string }) => kind === 'LIKELY_SAME').length,
      ];
    };
    expect(await asked()).toEqual([1, 1]);
    const merged = await index.ask('steward', 'POST', 'merges', {
      fromPersonId: await index.personOf(one),
      intoPersonId: await index.personOf(other),
      note: '本人到场',
    });
    expect(await asked()).toEqual([0, 0]);
    await index.ask('steward', 'POST', `decisions/${merged.body.decisionId}/withdrawal`, { note: '点错了' });
    expect(await asked()).toEqual([1, 1]);
  });

  it('does not link to a person whose only patient was moved away since: that would take the two apart', async () => {
    const likely = { pn: '司马^若水', birthDate: '19680914', sex: 'F' };
    const [one, other, third] = [observed('H001', likely), observed('H002', likely), observed('H003', likely)];
    for (const patient of [one, other, third]) await index.observe(patient);
    const question = async (asked: Observed, about: Observed) => {
      const [row] = await index.database.query<{ conflict_id: string }>(
        'SELECT conflict_id FROM conflicts WHERE local_id = $1 AND other_person_id = $2',
        [asked.patient.id, await index.personOf(about)],
      );
      return row?.conflict_id ?? '';
    };
    const [first, stale] = [await question(other, one), await question(third, other)];
    expect((await decide(first, { decision: 'link', note: '本人到场' })).status).toBe(200);
    expect(await decide(stale, { decision: 'link', note: '本人到场' })).toMatchObject({
      status: 404,
      body: { code: 'PERSON_NOT_FOUND' },
    });
    const personId = await index.personOf(one);
    expect((await decide(stale, { decision: 'link', personId, note: '本人到场' })).status).toBe(200);
    expect(await Promise.all([other, third].map((patient) => index.personOf(patient)))).toEqual([personId, personId]);
  });

  it('links: the patient moves with a higher version, and what is known of both follows', async () => {
    const { owner, borrower, conflictId } = await sharedCard();
    const [from, to] = [await index.personOf(borrower), await index.personOf(owner)];
    const answer = await decide(conflictId, { decision: 'link', note: '电话核实' });
    const made = {
      decisionId: expect.any(String),
      decision: 'link',
      personId: to,
      decidedBy: 'the.steward',
      decidedByName: 'the.steward',
      decidedAt: expect.any(String),
      note: '电话核实',
    };
    expect(answer).toEqual({ status: 200, body: made });
    expect(await index.personOf(borrower)).toBe(to);
    const links = (await index.links()).filter(({ patient }) => patient.id === borrower.patient.id);
    expect(
      links
        .map(({ personId, reason, version }) => ({ personId, reason, version }))
        .sort((a, b) => a.version - b.version),
    ).toEqual([
      { personId: from, reason: 'NEW_PERSON', version: 1 },
      { personId: to, reason: 'STEWARD', version: 2 },
    ]);
    const person = await index.ask('clinician', 'GET', `persons/${to}`);
    expect(person.body.patients).toHaveLength(2);
    expect([person.body.name, ...person.body.otherNames].sort()).toEqual(['周明', '吴刚'].sort());
    expect((await index.ask('clinician', 'GET', `persons/${from}`)).body.code).toBe('PERSON_NOT_FOUND');
    expect(await decide(conflictId, { decision: 'link', note: 'again' })).toEqual({ status: 200, body: made });
    expect((await decide(conflictId, { decision: 'keep-apart', note: 'no' })).body.code).toBe(
      'CONFLICT_ALREADY_DECIDED',
    );
    await index.observe({ ...borrower, birthDate: '19650810' });
    expect(await index.personOf(borrower)).toBe(to);
  });

  it('keeps apart, and no machine asks or joins again', async () => {
    const { borrower, owner, residentId, conflictId } = await sharedCard();
    const personId = await index.personOf(borrower);
    expect((await decide(conflictId, { decision: 'keep-apart', note: '借卡' })).status).toBe(200);
    await index.observe({ ...borrower, birthDate: '' }, { ...borrower, name: owner.name });
    expect(await index.personOf(borrower)).toBe(personId);
    expect(
      await index.database.query('SELECT decision FROM conflicts WHERE number = $1', [`RESIDENT_ID ${residentId}`]),
    ).toEqual([{ decision: 'keep-apart' }]);
    expect((await decide(conflictId, { decision: 'link', note: 'no' })).status).toBe(409);
  });

  it('is recorded with what was decided, once', async () => {
    const { borrower, conflictId } = await sharedCard();
    const personId = await index.personOf(borrower);
    const kept = { decision: 'keep-apart', note: '两人共用一卡' };
    await decide(conflictId, kept);
    await decide(conflictId, kept);
    const ofConflict = (await index.deeds()).filter((deed) => deed[0] === 'conflict.decide' && deed[3] === conflictId);
    expect(ofConflict).toEqual([['conflict.decide', 'the.steward', personId, conflictId, 'keep-apart']]);
  });

  it('decides once when asked many times at once', async () => {
    const { conflictId, borrower } = await sharedCard();
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => decide(conflictId, { decision: 'link', note: 'x' })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
    expect((await index.links()).filter(({ patient }) => patient.id === borrower.patient.id)).toHaveLength(2);
  });

  it('learns of a number that shows another id than before, and must say whom to link to', async () => {
    const [before, after] = [residentIdOf(901), residentIdOf(902)];
    const recycled = observed('H001', { pn: '钱^一', residentId: before });
    await index.observe(recycled);
    await index.observe({
      ...recycled,
      name: { alphabetic: '孙^二', charsetGuessed: false },
      otherIds: [{ id: after, issuer: '' }],
    });
    const [conflict] = await index.database.query<{ conflict_id: string; kind: string }>(
      'SELECT conflict_id, kind FROM conflicts WHERE number = $1',
      [`RESIDENT_ID ${after}`],
    );
    expect(conflict?.kind).toBe('ID_CHANGED');
    const id = conflict?.conflict_id ?? '';
    expect((await decide(id, { decision: 'link', note: 'x' })).body.code).toBe('CONFLICT_NEEDS_A_PERSON');
    const nobody = `P${'0'.repeat(26)}`;
    expect((await decide(id, { decision: 'link', personId: nobody, note: 'x' })).body.code).toBe('PERSON_NOT_FOUND');
    const target = observed('H002', { pn: '孙^二' });
    await index.observe(target);
    const personId = await index.personOf(target);
    expect((await decide(id, { decision: 'link', personId, note: 'x' })).status).toBe(200);
    const next = observed('H003', { pn: '孙^二', residentId: after });
    await index.observe(next);
    expect(await index.personOf(next)).toBe(personId);
  });

  it('is answered clearly for what is not there or not allowed', async () => {
    expect((await decide('999999', { decision: 'keep-apart', note: 'x' })).body.code).toBe('CONFLICT_NOT_FOUND');
    expect((await decide('x', { decision: 'keep-apart', note: 'x' })).body.code).toBe('INVALID_REQUEST');
    expect((await decide('1', { decision: 'merge', note: 'x' })).body.code).toBe('INVALID_REQUEST');
    for (const role of ['clinician', 'auditor', 'administrator', 'patient'] as const) {
      for (const path of ['conflicts', 'conflicts/1', 'workload', `persons/P${'0'.repeat(26)}/records`])
        expect((await index.ask(role, 'GET', path)).body.code).toBe('ROLE_NOT_ALLOWED');
      expect((await index.ask(role, 'POST', 'conflicts/1/decision', {})).body.code).toBe('ROLE_NOT_ALLOWED');
    }
  });
});
