import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { observed, PatientIndexService, residentIdOf } from '../testing/patient-index-service.js';

describe('persons', () => {
  let index: PatientIndexService;
  const residentId = residentIdOf(1, '19920317');
  const wang = observed('H001', { id: 'W-1', pn: '王^小雨', sex: 'F', residentId });
  const wangAgain = observed('H002', {
    id: 'W_2',
    pn: 'WANG^XIAOYU',
    residentId,
    observedAt: '2026-11-24T09:00:00.000Z',
  });
  const zhang = observed('H002', { id: 'Z%3', pn: '张^伟', sex: 'M', birthDate: '19700101' });
  const old = observed('H003', { id: '339901491231006', pn: '李^娜' });

  beforeAll(async () => {
    index = await PatientIndexService.start();
    await index.observe(wang);
    await index.observe(wangAgain, zhang, old);
  });
  afterAll(() => index.stop());

  const search = (body: object, purpose?: string) => index.ask('clinician', 'POST', 'person-searches', body, purpose);
  const namesBy = async (body: object) =>
    ((await search(body)).body.persons as { name: string }[]).map(({ name }) => name);

  it('are shown with all hospitals that know them, the id masked', async () => {
    const personId = await index.personOf(wang);
    const person = {
      personId,
      name: '王小雨',
      otherNames: ['WANG XIAOYU'],
      sex: 'F',
      birthDate: '19920317',
      idNumberMasked: `339901********${residentId.slice(14)}`,
      patients: [wangAgain.patient, wang.patient],
      lastSeenAt: '2026-11-24T09:00:00.000Z',
    };
    expect(await search({ idNumber: residentId })).toEqual({
      status: 200,
      body: { persons: [person], nextCursor: null },
    });
    expect(await index.ask('clinician', 'GET', `persons/${personId}`)).toEqual({ status: 200, body: person });
    expect(await index.ask('steward', 'GET', `persons/${personId}`)).toEqual({ status: 200, body: person });
  });

  it.each([
    ['id number, lower-case and full-width', { idNumber: '３３９９０１19491231006x' }, ['李娜']],
    ['id number of 15 digits', { idNumber: '339901491231006' }, ['李娜']],
    ['Chinese name', { name: '王小雨' }, ['王小雨']],
    ['part of a Chinese name', { name: '小雨' }, ['王小雨']],
    ['pinyin', { name: 'wang xiaoyu' }, ['王小雨']],
    ['pinyin turned', { name: 'XiaoyuWang' }, ['王小雨']],
    ['initials', { name: 'zw' }, ['张伟']],
    ['birth date', { birthDate: '19700101' }, ['张伟']],
    ['birth date within the id', { birthDate: '19920317' }, ['王小雨']],
    ["a hospital's own id", { hospital: 'H001', localId: 'W-1' }, ['王小雨']],
    ['an own id of any hospital', { localId: 'Z%3' }, ['张伟']],
    ['all keys together', { name: 'zhangwei', birthDate: '19700101', hospital: 'H002' }, ['张伟']],
    ['keys that do not all apply', { name: 'zhangwei', birthDate: '19920317' }, []],
    ["another hospital's own id", { hospital: 'H003', localId: 'W-1' }, []],
    ['a valid id that nobody has', { idNumber: '33990219800101001X' }, []],
    ['a pattern sign for a name', { name: '%' }, []],
    ['a pattern sign beside a key', { name: '%', birthDate: '19700101' }, []],
    ['a pattern in an own id', { localId: 'W__' }, []],
    ['a percent sign in an own id', { localId: '%' }, []],
    ['a character that PostgreSQL refuses', { localId: 'W\u0000', name: '王\u0000' }, []],
    ['an injected quote', { name: "' OR '1'='1" }, []],
    ['an array in disguise', { localId: '{"l:W-1"}' }, []],
    ['a script', { name: '<script>alert(1)</script>' }, []],
  ])('are found by %s', async (_, body, names) => expect(await namesBy(body)).toEqual(names));

  it.each([
    ['no key', {}],
    ['only a limit', { limit: 5 }],
    ['a misspelt key', { name: '王', birthdate: '19700101' }],
    ['an empty name', { name: ' ' }],
    ['too large a page', { name: '王', limit: 1000 }],
    ['an invalid cursor', { name: '王', cursor: "x' OR 1=1" }],
    ['a cursor of no place', { name: '王', cursor: 'names.1' }],
    ['a cursor out of range', { name: '王', cursor: 'names.99999999999.0.0' }],
    ['an operator for a value', { name: { $ne: '' } }],
  ])('are not searched with %s', async (_, body) => expect((await search(body)).body.code).toBe('INVALID_REQUEST'));

  it('are not searched by an id number with a mistake', async () => {
    expect(await search({ idNumber: '110105194912310021' })).toMatchObject({
      status: 400,
      body: { code: 'ID_NUMBER_INVALID' },
    });
  });

  it('come in pages without doubles or gaps', async () => {
    await index.observe(...Array.from({ length: 7 }, (_, n) => observed('H001', { pn: '甄^页', id: `page-${n}` })));
    const seen: string[] = [];
    let cursor: string | null | undefined;
    do {
      const { body } = await search({ name: '甄页', limit: 3, ...(cursor == null ? {} : { cursor }) });
      expect(body.persons.length).toBeLessThanOrEqual(3);
      seen.push(...body.persons.map(({ personId }: { personId: string }) => personId));
      cursor = body.nextCursor;
    } while (cursor !== null);
    expect([seen.length, new Set(seen).size]).toEqual([7, 7]);
  });

  it('are found by what any of their patients is called, and come once, whatever is one', async () => {
    const residentId = residentIdOf(77, '19660707');
    await index.observe(observed('H001', { id: 'once-1', pn: '冉^一次', residentId }));
    const second = observed('H002', { id: 'once-2', pn: '冉^一次', residentId });
    const third = observed('H003', { id: 'once-3', pn: '冉^一次 RAN^YICI', residentId });
    const inLetters = observed('H003', { id: 'once-4', pn: 'YICI^RAN', birthDate: '19660708' });
    const another = observed('H002', { id: 'once-5', pn: '冉^一次次', birthDate: '19660707' });
    await index.observe(second, third, inLetters, another);
    const [one, alone, longer] = await Promise.all([second, inLetters, another].map((said) => index.personOf(said)));
    const all = async (body: object) => {
      const ids: string[] = [];
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page = (await search({ ...body, limit: 1, ...(cursor === undefined ? {} : { cursor }) })).body;
        ids.push(...page.persons.map(({ personId }: { personId: string }) => personId));
        cursor = page.nextCursor;
      }
      return ids;
    };
    expect((await all({ name: 'ran yici' })).sort()).toEqual([one, alone, longer].sort());
    expect(await all({ name: '冉一次', birthDate: '19660707' })).toHaveLength(2);
    expect(await all({ idNumber: residentId, hospital: 'H003' })).toEqual([one]);
    expect(await all({ birthDate: '19660707', name: '冉', hospital: 'H001' })).toEqual([one]);
    await index.database.query('UPDATE persons SET survivor_id = $1 WHERE person_id = $2', [one, alone]);
    expect((await all({ name: 'ranyici' })).sort()).toEqual([one, longer].sort());
    expect(await all({ birthDate: '19660708' })).toEqual([one]);
    expect(await all({ localId: 'once-4' })).toEqual([one]);
    expect(await all({ idNumber: residentId, localId: 'once-4' })).toEqual([one]);
    expect(await all({ idNumber: residentId, localId: 'once-5' })).toEqual([]);
  });

  it('are not searched by a hospital alone, nor with the cursor of another search', async () => {
    expect((await search({ hospital: 'H001' })).body.code).toBe('SEARCH_TOO_WIDE');
    const { nextCursor } = (await search({ name: '冉', limit: 1 })).body;
    expect((await search({ birthDate: '19660707', cursor: nextCursor })).body.code).toBe('CURSOR_OF_ANOTHER_SEARCH');
  });

  it('are searched and read only for treatment, and each look is recorded without values', async () => {
    const personId = await index.personOf(zhang);
    await search({ name: '张伟', hospital: 'H002' });
    await index.ask('clinician', 'GET', `persons/${personId}`);
    expect((await search({ name: '张伟' }, 'HRESCH')).body.code).toBe('PURPOSE_NOT_ALLOWED');
    const audit = await index.events('audit');
    const by = { outcome: 'permit', code: 'TREATMENT' };
    expect(audit).toContainEqual(
      expect.objectContaining({
        action: 'person.search',
        query: ['name', 'hospital'],
        personId: null,
        decision: expect.objectContaining(by),
      }),
    );
    expect(audit).toContainEqual(
      expect.objectContaining({ action: 'person.read', personId, decision: expect.objectContaining(by) }),
    );
    expect(audit).toContainEqual(
      expect.objectContaining({
        action: 'person.search',
        decision: expect.objectContaining({ outcome: 'deny', code: 'PURPOSE_NOT_ALLOWED' }),
      }),
    );
    expect(JSON.stringify(audit)).not.toMatch(/张伟|王小雨|33990[12]/);
  });

  it('are closed to other roles and to nobody signed in', async () => {
    for (const role of ['administrator', 'auditor', 'patient'] as const) {
      expect((await index.ask(role, 'POST', 'person-searches', { name: '王' })).body.code).toBe('ROLE_NOT_ALLOWED');
    }
    const response = await fetch(`${index.service.address}/api/patient-index/person-searches`, { method: 'POST' });
    expect(response.status).toBe(401);
    const nobody = `persons/P${'0'.repeat(26)}`;
    expect((await index.ask('clinician', 'GET', nobody)).body.code).toBe('PERSON_NOT_FOUND');
    // Patients read who they are themselves; the account stands for nobody.
    expect((await index.ask('patient', 'GET', nobody)).body.code).toBe('ACCESS_DENIED');
    expect((await index.ask('clinician', 'GET', 'persons/1')).body.code).toBe('INVALID_REQUEST');
  });
});
