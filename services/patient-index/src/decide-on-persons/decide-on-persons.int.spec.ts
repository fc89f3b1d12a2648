import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PatientMergedV1 } from '@yinglian/contracts';
import fc from 'fast-check';
import { type Observed, observed, PatientIndexService, residentIdOf } from '../testing/patient-index-service.js';
import { followersView, stateOf, stewardOf } from '../testing/person-states.js';

describe('decisions about persons', () => {
  let index: PatientIndexService;
  let ids = 0;
  beforeAll(async () => {
    index = await PatientIndexService.start(2);
  });
  afterAll(() => index.stop());

  const steward = (path: string, body: object) => index.ask('steward', 'POST', path, { note: '电话核实', ...body });
  const merge = async (from: Observed, into: Observed) =>
    steward('merges', { fromPersonId: await index.personOf(from), intoPersonId: await index.personOf(into) });
  const withdraw = (decisionId: string) => steward(`decisions/${decisionId}/withdrawal`, {});
  const people = async (...all: Observed[]) => {
    await index.observe(...all);
    return all;
  };
  const person = () => {
    ids += 1;
    return observed('H001', { pn: '郑^兰', residentId: residentIdOf(ids) });
  };
  /** Somebody else's patient with the same number, in another hospital. */
  const sameAs = (other: Observed) => observed('H002', { pn: '郑^兰', otherIds: other.otherIds });

  /** One person's patients of two hospitals, the first of whom claimed the number. */
  const family = async () => {
    const owner = person();
    const again = sameAs(owner);
    await index.observe(owner);
    await index.observe(again);
    return [owner, again] as const;
  };

  describe('of a merge', () => {
    it('join for all services, and are as if never made when taken back, whatever came between', async () => {
      const [a, b] = await people(person(), person());
      if (a === undefined || b === undefined) throw new Error('unreachable');
      const [personA, personB] = [await index.personOf(a), await index.personOf(b)];
      const before = await stateOf(index);
      const { body } = await merge(a, b);
      expect(await index.personOf(a)).toBe(personB);
      expect((await index.ask('clinician', 'GET', `persons/${personA}`)).body).toMatchObject({
        personId: personB,
        patients: expect.arrayContaining([a.patient, b.patient]),
      });
      const [ofA, ofB] = await people(sameAs(a), sameAs(b));
      if (ofA === undefined || ofB === undefined) throw new Error('unreachable');
      expect([await index.personOf(ofA), await index.personOf(ofB)]).toEqual([personB, personB]);
      await index.observe({ ...a, birthDate: '19900101' });
      expect((await withdraw(body.decisionId)).status).toBe(200);
      expect([await index.personOf(ofA), await index.personOf(ofB)]).toEqual([personA, personB]);
      expect(await stateOf(index, before.keys())).toEqual(before);
      expect(await followersView(index)).toEqual(await stateOf(index));
    });

    it('that is repeated, turned, in a circle or of one person is done already', async () => {
      const [a, b, c] = await people(person(), person(), person());
      if (a === undefined || b === undefined || c === undefined) throw new Error('unreachable');
      const ids = [await index.personOf(a), await index.personOf(b), await index.personOf(c)] as const;
      const asked = (fromPersonId: string, intoPersonId: string) => steward('merges', { fromPersonId, intoPersonId });
      const [first, second] = [await asked(ids[0], ids[1]), await asked(ids[1], ids[2])];
      const done = { status: 200, body: { decisionId: null } };
      expect(await asked(ids[0], ids[1])).toEqual(done);
      expect(await asked(ids[1], ids[0])).toEqual(done);
      expect(await asked(ids[2], ids[0])).toEqual(done);
      expect(await asked(ids[0], ids[0])).toEqual(done);
      expect(await index.personOf(a)).toBe(ids[2]);
      await withdraw(first.body.decisionId);
      expect([await index.personOf(a), await index.personOf(b)]).toEqual([ids[0], ids[2]]);
      await withdraw(second.body.decisionId);
      expect([await index.personOf(b), await index.personOf(c)]).toEqual([ids[1], ids[2]]);
      expect((await withdraw(first.body.decisionId)).body.code).toBe('DECISION_ALREADY_WITHDRAWN');
    });

    it('asked from both sides at once is made once', async () => {
      const [a, b] = await people(person(), person());
      if (a === undefined || b === undefined) throw new Error('unreachable');
      const [one, other] = [await index.personOf(a), await index.personOf(b)];
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, n) =>
          steward(
            'merges',
            n % 2 === 0 ? { fromPersonId: one, intoPersonId: other } : { fromPersonId: other, intoPersonId: one },
          ),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
      expect(answers.filter(({ body }) => body.decisionId !== null)).toHaveLength(1);
      expect(await index.personOf(a)).toBe(await index.personOf(b));
      expect(await followersView(index)).toEqual(await stateOf(index));
    });

    it('never joins whom a steward found not to be the same, until that is taken back', async () => {
      const [a, b, c] = await people(person(), person(), person());
      if (a === undefined || b === undefined || c === undefined) throw new Error('unreachable');
      const personIds = [await index.personOf(a), await index.personOf(b)];
      const apart = await steward('separations', { personIds });
      expect(apart.status).toBe(200);
      expect((await merge(a, b)).body.code).toBe('PERSONS_KEPT_APART');
      expect((await merge(b, c)).status).toBe(200);
      expect((await merge(a, c)).body.code).toBe('PERSONS_KEPT_APART');
      expect(
        (await steward('separations', { personIds: [await index.personOf(b), await index.personOf(c)] })).body.code,
      ).toBe('INVALID_REQUEST');
      await withdraw(apart.body.decisionId);
      expect((await merge(a, c)).status).toBe(200);
      expect((await steward('separations', { personIds })).body.code).toBe('PERSONS_ALREADY_ONE');
    });
  });

  it('of a rule that are taken back are not made again by any machine', async () => {
    const owner = person();
    const early = observed('H002', { pn: '郑^兰' });
    await people(owner, early);
    await index.observe({ ...early, otherIds: owner.otherIds });
    const personId = await index.personOf(owner);
    expect(await index.personOf(early)).toBe(personId);
    const { body } = await index.ask('steward', 'GET', `persons/${personId}/history`);
    expect(body.decisions).toEqual([expect.objectContaining({ kind: 'merge', reason: 'STRONG_ID' })]);
    await withdraw(body.decisions[0].decisionId);
    await index.observe({ ...early, otherIds: owner.otherIds, birthDate: '19800203' });
    expect(await index.personOf(early)).not.toBe(personId);
    const apart = await index.ask('steward', 'GET', `persons/${personId}/history`);
    expect(apart.body.decisions).toEqual([
      expect.objectContaining({ kind: 'keep-apart', reason: 'STEWARD' }),
      expect.objectContaining({ kind: 'merge', withdrawnByName: 'the.steward', withdrawnNote: '电话核实' }),
    ]);
  });

  describe('of a split', () => {
    it('make a person of their own, whom those who come later join, and give all back when taken back', async () => {
      const [a, b] = await family();
      const personId = await index.personOf(a);
      const before = await stateOf(index);
      const { status, body } = await steward('splits', { patients: [b.patient] });
      expect([status, body.personId]).toEqual([200, await index.personOf(b)]);
      expect(body.personId).not.toBe(personId);
      expect(await index.personOf(a)).toBe(personId);
      const [later] = await people(sameAs(a));
      if (later === undefined) throw new Error('unreachable');
      expect(await index.personOf(later)).toBe(personId);
      await withdraw(body.decisionId);
      expect(await stateOf(index, before.keys())).toEqual(before);
      expect(await index.personOf(later)).toBe(personId);
    });

    it('takes along those who came by a number that went with it', async () => {
      const [a, b] = await family();
      const personId = await index.personOf(a);
      const { body } = await steward('splits', { patients: [a.patient] });
      const [c] = await people(sameAs(a));
      if (c === undefined) throw new Error('unreachable');
      await withdraw(body.decisionId);
      expect([await index.personOf(a), await index.personOf(b), await index.personOf(c)]).toEqual(
        Array(3).fill(personId),
      );
    });

    it('is refused where it would split nothing or nobody', async () => {
      const [a, b] = await people(person(), person());
      if (a === undefined || b === undefined) throw new Error('unreachable');
      const code = async (patients: object[]) => (await steward('splits', { patients })).body.code;
      expect(await code([a.patient])).toBe('NOTHING_LEFT_TO_SPLIT');
      expect(await code([a.patient, b.patient])).toBe('PATIENTS_OF_SEVERAL_PERSONS');
      expect(await code([{ ...a.patient, id: 'nobody' }])).toBe('PATIENT_NOT_FOUND');
    });
  });

  describe('of a hospital (ADT A40)', () => {
    const say = (patient: Observed, merged: Observed) =>
      index.tell(PatientMergedV1, {
        hospital: 'H001',
        patient: patient.patient,
        merged: merged.patient,
        mergedAt: '2026-11-29T08:00:00.000Z',
      });
    const unnamed = () => observed('H001', { pn: '郑^兰' });

    it('join its patients, once, in whatever order it says so, and can be taken back', async () => {
      const [a, b] = await people(unnamed(), unnamed());
      if (a === undefined || b === undefined) throw new Error('unreachable');
      const personA = await index.personOf(a);
      await say(a, b);
      await say(a, b);
      await say(b, a);
      expect(await index.personOf(b)).toBe(personA);
      const { body } = await index.ask('steward', 'GET', `persons/${personA}/history`);
      expect(body.decisions).toEqual([
        expect.objectContaining({ kind: 'merge', reason: 'HOSPITAL', madeBy: 'H001', withdrawnAt: null }),
      ]);
      await withdraw(body.decisions[0].decisionId);
      expect(await index.personOf(b)).not.toBe(personA);
    });

    it('hold for patients who are described only later', async () => {
      const [a, b] = [unnamed(), unnamed()];
      await say(a, b);
      await people(b, a);
      expect(await index.personOf(a)).toBe(await index.personOf(b));
    });

    it('wait for a steward where one kept them apart or their resident ids differ', async () => {
      const [a, b] = await people(person(), person());
      const [c, d] = await people(unnamed(), unnamed());
      if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error('unreachable');
      await steward('separations', { personIds: [await index.personOf(c), await index.personOf(d)] });
      await say(a, b);
      await say(c, d);
      expect(await index.personOf(a)).not.toBe(await index.personOf(b));
      expect(await index.personOf(c)).not.toBe(await index.personOf(d));
      const asked = await index.database.query(
        `SELECT local_id, other_person_id FROM conflicts WHERE kind = 'HOSPITAL_MERGE' AND local_id = ANY ($1) ORDER BY conflict_id`,
        [[b.patient.id, d.patient.id]],
      );
      expect(asked).toEqual([
        { local_id: b.patient.id, other_person_id: await index.personOf(a) },
        { local_id: d.patient.id, other_person_id: await index.personOf(c) },
      ]);
    });
  });

  it('that split somebody twice are taken back from the first on, and whom a number led to the second part come back', async () => {
    const owner = person();
    const [first] = await people(owner);
    const [second] = await people(sameAs(owner));
    if (first === undefined || second === undefined) throw new Error('unreachable');
    const before = await index.personOf(first);
    const split = async () => (await steward('splits', { patients: [first.patient] })).body.decisionId as string;
    const once = await split();
    const [third] = await people(sameAs(second));
    const twice = await split();
    expect([once, twice]).toEqual([expect.any(String), expect.any(String)]);
    await withdraw(once);
    await withdraw(twice);
    const all = [first, second, third ?? first];
    expect(await Promise.all(all.map((one) => index.personOf(one)))).toEqual([before, before, before]);
    expect(await followersView(index)).toEqual(await stateOf(index));
  });

  it('in any sequence, all taken back in any order, leave nothing behind; and followers see what is', async () => {
    const action = fc.record({
      kind: fc.constantFrom('merge', 'split', 'apart', 'withdraw', 'arrive'),
      one: fc.nat({ max: 5 }),
      other: fc.nat({ max: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(action, { minLength: 4, maxLength: 12 }),
        fc.infiniteStream(fc.nat()),
        async (actions, order) => {
          const owners = [person(), person(), person()];
          const all = [...(await people(...owners)), ...(await people(...owners.map(sameAs)))];
          const before = await stateOf(
            index,
            all.map(({ patient }) => patient.id),
          );
          const standing = new Set<string>();
          const made = async (answer: Promise<{ body: { decisionId?: string | null } }>) => {
            const { decisionId } = (await answer).body;
            if (typeof decisionId === 'string') standing.add(decisionId);
          };
          for (const { kind, one, other } of actions) {
            const [a, b] = [all[one], all[other]];
            if (a === undefined || b === undefined) throw new Error('unreachable');
            const personIds = [await index.personOf(a), await index.personOf(b)];
            if (kind === 'merge') await made(merge(a, b));
            else if (kind === 'split') await made(steward('splits', { patients: [a.patient] }));
            else if (kind === 'apart') await made(steward('separations', { personIds }));
            else if (kind === 'arrive') await people(sameAs(a));
            else {
              const [decisionId] = standing;
              if (decisionId !== undefined) await withdraw(decisionId);
              standing.delete(decisionId ?? '');
            }
          }
          expect(await followersView(index)).toEqual(await stateOf(index));
          for (const decisionId of [...standing].sort(() => ((order.next().value ?? 0) % 2) - 0.5))
            await withdraw(decisionId);
          expect(
            await stateOf(
              index,
              all.map(({ patient }) => patient.id),
            ),
          ).toEqual(before);
          expect(await followersView(index)).toEqual(await stateOf(index));
        },
      ),
      { numRuns: 12 },
    );
  }, 120_000);

  it('are recorded with who made them, once each, and not when nothing was decided', async () => {
    const [a, b, c] = await people(person(), person(), person());
    if (a === undefined || b === undefined || c === undefined) throw new Error('unreachable');
    const [personA, personB] = [await index.personOf(a), await index.personOf(b)];
    const before = (await index.deeds()).length;
    const { body: merged } = await merge(a, b);
    await merge(a, b);
    const { body: split } = await steward('splits', { patients: [a.patient] });
    const apart = [personB, await index.personOf(c)];
    const { body: separated } = await steward('separations', { personIds: apart });
    await withdraw(split.decisionId);
    await withdraw(split.decisionId);
    const deeds = (await index.deeds()).slice(before);
    expect(deeds).toEqual([
      ['person.merge', 'the.steward', personB, merged.decisionId, 'DONE'],
      ['person.split', 'the.steward', personB, split.decisionId, 'DONE'],
      ['person.separate', 'the.steward', personB, separated.decisionId, 'DONE'],
      ['decision.withdraw', 'the.steward', expect.any(String), split.decisionId, 'split'],
    ]);
    // The decision was about both: the record names one of them.
    expect([personA, personB]).toContain(deeds.at(-1)?.[2]);
  });

  it('are the stewards’ alone', async () => {
    for (const role of ['clinician', 'auditor', 'administrator', 'patient'] as const) {
      for (const path of ['merges', 'splits', 'separations', 'decisions/1/withdrawal']) {
        expect((await index.ask(role, 'POST', path, {})).body.code).toBe('ROLE_NOT_ALLOWED');
      }
    }
    expect((await withdraw('999999')).body.code).toBe('DECISION_NOT_FOUND');
    expect((await index.ask('steward', 'GET', `persons/P${'0'.repeat(26)}/history`)).body.code).toBe(
      'PERSON_NOT_FOUND',
    );
    expect(stewardOf(await index.events('audit'))).toContain('person.read');
  });
});
