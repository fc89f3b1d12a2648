import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Observed, observed, PatientIndexService } from '../testing/patient-index-service.js';

const GRADES = { probable: 0.9, possible: 0.001 };
const NAMES = '周雨桐 吴思齐 郑若曦 冯子衿 陈嘉木 褚望舒 卫青禾 蒋疏影'.split(' ');

/** Of each name: one who comes again alike, one who comes with a slip in the date, and one who comes without a sex. */
const patients: Observed[] = NAMES.flatMap((name, n) => {
  const pn = `${name.charAt(0)}^${name.slice(1)}`;
  const birthDate = `19${50 + n}0203`;
  const told = { pn, sex: 'F', birthDate, studyInstanceUid: null };
  const comesAgain = [{}, { birthDate: `19${50 + n}0204` }, { sex: '' }].map((other) => ({ ...told, ...other }));
  return [observed('H001', told), observed('H002', { ...told, ...comesAgain[n % 3] })];
});

describe('a preview of settings', () => {
  let index: PatientIndexService;
  let later: PatientIndexService;
  beforeAll(async () => {
    [index, later] = await Promise.all([PatientIndexService.start(), PatientIndexService.start()]);
    for (const patient of patients) await index.observe(patient);
  });
  afterAll(() => Promise.all([index.stop(), later.stop()]));

  const preview = async (
    leastBits: number,
    role: 'steward' | 'administrator' = 'steward',
    model: object | null = null,
  ) => (await index.ask(role, 'POST', 'match-settings/previews', { leastBits, model })).body;
  const apply = (to: PatientIndexService, leastBits: number) =>
    to.ask('administrator', 'PUT', 'match-settings', {
      baseVersion: 0,
      leastBits,
      grades: GRADES,
      model: null,
      note: '试点',
    });
  const open = async (of: PatientIndexService) =>
    (
      await of.database.query(
        `SELECT 1 FROM conflicts WHERE kind = 'LIKELY_SAME' AND decision IS NULL AND NOT set_aside`,
      )
    ).length;

  const bitsBy = async (formula: string) => {
    const [row] = await index.database.query<{ bits: number }>(`SELECT (${formula})::float8 AS bits FROM conflicts`);
    return row?.bits ?? Number.NaN;
  };

  it('changes nothing where nothing is proposed', async () => {
    const { asked, ...shown } = await preview(3);
    const questions = await open(index);
    expect(questions).toBeGreaterThan(3);
    expect(asked).toEqual({ now: questions, proposed: questions, added: 0, dropped: 0 });
    expect(shown).toMatchObject({
      baseVersion: 0,
      leastBits: { now: 3, proposed: 3 },
      sampled: patients.length,
      eachStandsFor: 1,
      openQuestions: { setAside: 0, comeBack: 0 },
      examples: [],
    });
  });

  it('asks about as many, when lowered, as an index does that has these settings when the same patients come', async () => {
    const { asked, histogram } = await preview(-5);
    expect(asked.added).toBeGreaterThan(0);
    expect(asked).toMatchObject({ now: await open(index), dropped: 0 });
    const counted = (side: 'now' | 'proposed') =>
      histogram.reduce((sum: number, one: { now: number; proposed: number }) => sum + one[side], 0);
    expect([counted('now'), counted('proposed')]).toEqual([asked.proposed, asked.proposed]);
    expect((await apply(later, -5)).status).toBe(200);
    for (const patient of patients) await later.observe(patient);
    expect(await open(later)).toBe(asked.proposed);
  });

  it('looks at whom a steward linked and took that back again, too', async () => {
    const { conflicts } = (await index.ask('steward', 'GET', 'conflicts')).body;
    const { asked } = await preview(3);
    const path = `conflicts/${conflicts[0].conflictId}/decision`;
    const decided = await index.ask('steward', 'POST', path, { decision: 'link', note: '电话核实' });
    expect((await preview(3)).asked.now).toBe(asked.now - 1);
    await index.ask('steward', 'POST', `decisions/${decided.body.decisionId}/withdrawal`, { note: '看错了' });
    expect((await preview(3)).asked.now).toBe(asked.now);
  });

  it('weighs by another model than the one that holds', async () => {
    const blind = { lambda: 0.000001, household: 0.1, fields: { sex: { same: { m: 0.9, u: 0.5 } } } };
    const { asked } = await preview(3, 'steward', blind);
    expect(asked).toEqual({ now: await open(index), proposed: 0, added: 0, dropped: await open(index) });
  });

  it('shows a steward some pairs that would be decided otherwise, which is recorded; an administrator sees figures', async () => {
    const before = await open(index);
    const most = await bitsBy('max(bits)');
    const { examples, asked, openQuestions } = await preview(most + 1);
    expect(asked).toEqual({ now: before, proposed: 0, added: 0, dropped: before });
    expect(openQuestions).toEqual({ setAside: before, comeBack: 0 });
    expect(examples).toHaveLength(Math.min(before, 6));
    const [example] = examples;
    expect(example).toMatchObject({ change: 'dropped', agreements: expect.any(Array) });
    expect(example.records.map((one: { statements: object[] }) => one.statements.length)).toEqual([1, 1]);
    const sum = example.now.fields.reduce(
      (all: number, one: { bits: number }) => all + one.bits,
      example.now.priorBits,
    );
    expect(sum).toBeCloseTo(example.now.bits, 6);
    expect(await index.events('audit')).toContainEqual(
      expect.objectContaining({
        action: 'person.read',
        personId: example.records[0].personId,
        query: ['match-settings'],
      }),
    );
    const seen = await preview(most + 1, 'administrator');
    expect([seen.examples, seen.asked, seen.fewerThan]).toEqual([null, asked, 5]);
  });

  it('tells an administrator no figure of one to four patients, nor what such a figure could be had from', async () => {
    const bits = await bitsBy('(min(bits) + max(bits)) / 2');
    const [whole, seen] = [await preview(bits), await preview(bits, 'administrator')];
    const columns = ['now', 'proposed'] as const;
    const cellsOf = ({ histogram, asked }: typeof whole): (number | null)[] => [
      ...columns.flatMap((side) => histogram.map((pairs: Record<string, number>) => pairs[side])),
      ...Object.values<number>(asked),
    ];
    const few = cellsOf(whole).filter((count) => count !== null && count > 0 && count < 5);
    expect(few).not.toHaveLength(0);
    expect(cellsOf(seen).filter((count) => count !== null && count > 0 && count < 5)).toEqual([]);
    for (const side of columns) {
      const hidden = seen.histogram.filter((pairs: Record<string, number | null>) => pairs[side] === null).length;
      const filled = whole.histogram.filter((pairs: Record<string, number>) => (pairs[side] ?? 0) > 0).length;
      expect(hidden === 0 || hidden >= Math.min(2, filled)).toBe(true);
    }
    expect(cellsOf(seen).map((count, at) => count ?? cellsOf(whole)[at])).toEqual(cellsOf(whole));
  });

  it('says how many open questions are set aside, as applying then does', async () => {
    const bits = await bitsBy('(min(bits) + max(bits)) / 2');
    const before = await open(index);
    const { openQuestions, asked } = await preview(bits);
    expect(openQuestions.setAside).toBeGreaterThan(0);
    expect((await apply(index, bits)).status).toBe(200);
    expect(before - (await open(index))).toBe(openQuestions.setAside);
    expect(asked.proposed).toBe(await open(index));
    expect((await preview(3)).openQuestions).toEqual({ setAside: 0, comeBack: openQuestions.setAside });
  });

  it('is made for one at a time', async () => {
    const ask = () => index.ask('steward', 'POST', 'match-settings/previews', { leastBits: 3, model: null });
    const both = await Promise.all([ask(), ask()]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});
