import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { masterLines } from '../testing/master-records.js';
import { observed, PatientIndexService } from '../testing/patient-index-service.js';

const PERSONS = 240;

describe('a model that a province learns', () => {
  let index: PatientIndexService;
  beforeAll(async () => {
    index = await PatientIndexService.start();
  });
  afterAll(() => index.stop());

  const learn = () => index.ask('administrator', 'POST', 'match-models');

  it('is not learned from a few', async () => {
    expect(await learn()).toMatchObject({ status: 409, body: { code: 'TOO_FEW_TO_LEARN_FROM' } });
  });

  it('says of what one person’s records agree in that it speaks for one person, and holds for nobody yet', async () => {
    for (const [place, hospital] of ['H001', 'H002', 'H003'].entries()) {
      const lines = masterLines(PERSONS, place).map(({ id, name, birthDate, sex, otherIds }) => {
        const [number] = otherIds;
        const pn = `${name.charAt(0)}^${name.slice(1)}`;
        const numbers = number === undefined ? {} : { residentId: number.id };
        return observed(hospital, { id, pn, birthDate, sex, ...numbers, studyInstanceUid: null });
      });
      await index.observe(...lines);
    }
    const { status, body } = await learn();
    expect(status).toBe(200);
    expect(body.records).toBe(PERSONS * 2);
    const { fields, lambda, household } = body.model;
    for (const [field, level] of [
      ['hanName', 'same'],
      ['birthDate', 'same'],
      ['strongNumber', 'same'],
      ['sex', 'same'],
    ] as const) {
      const { m, u } = fields[field][level];
      expect([field, m > u]).toEqual([field, true]);
    }
    expect(fields.birthDate.same.m / fields.birthDate.same.u).toBeGreaterThan(fields.sex.same.m / fields.sex.same.u);
    // Of 240 persons 80 have one record, 80 two and 80 three: a record has one other of its person, or hardly less, among all.
    expect(lambda * (PERSONS * 2 - 1)).toBeGreaterThan(0.5);
    expect(lambda * (PERSONS * 2 - 1)).toBeLessThan(1.2);
    expect([lambda, household].every((share) => share > 0 && share < 1)).toBe(true);
    const applied = await index.ask('steward', 'POST', 'match-settings/previews', { leastBits: 3, model: body.model });
    expect(applied.status).toBe(200);
    expect((await index.ask('steward', 'GET', 'match-settings')).body.settings).toHaveLength(1);
  });

  it('is learned beside the event loop, which goes on answering', async () => {
    const learning = learn();
    let longestMs = 0;
    let done = false;
    void learning.finally(() => {
      done = true;
    });
    for (let last = performance.now(); !done; ) {
      await new Promise((go) => setTimeout(go, 5));
      longestMs = Math.max(longestMs, performance.now() - last);
      last = performance.now();
    }
    expect((await learning).status).toBe(200);
    expect(longestMs).toBeLessThan(500);
  });
});
