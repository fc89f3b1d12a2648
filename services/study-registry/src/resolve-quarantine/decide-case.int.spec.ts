import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ctSeries, fileOf } from '@yinglian/testing';
import { RegistryService } from '../testing/registry-service.js';
import { never, Steward, withPixel, withText } from '../testing/steward.js';

describe('a steward who decides', () => {
  let registry: RegistryService;
  let steward: Steward;
  beforeAll(async () => {
    registry = await RegistryService.start();
    steward = new Steward(registry);
  });
  afterAll(() => registry.stop());

  it('keeps the first version: the other stays stored, and comes back to nobody’s table', async () => {
    const { series, files, others, caseId } = await steward.correctedName();
    expect(await steward.decide(caseId, 'keep', 1)).toMatchObject({ status: 200, json: { state: 'kept', version: 2 } });
    expect(await steward.casesOf(series)).toEqual([]);
    expect(await steward.casesOf(series, 'decided')).toMatchObject([
      {
        caseId,
        state: 'kept',
        made: { decision: 'keep', decidedByName: 'the.steward', note: 'PACS 重发，姓名已更正' },
      },
    ]);
    await registry.store('H001', [others[0] ?? never()]);
    expect(await steward.casesOf(series)).toEqual([]);
    expect((await steward.shown(series)).includes(files[0] ?? never())).toBe(true);
    expect((await steward.updatesOf(series)).length).toBe(1);
  });

  it('takes the other version: it is shown and described, its study is told of, the first stays known', async () => {
    const { series, files, others, caseId } = await steward.correctedName();
    expect(await steward.decide(caseId, 'take', 1)).toMatchObject({
      status: 200,
      json: { state: 'taken', version: 2 },
    });
    const taken = await steward.shown(series);
    expect(others.map((file) => taken.includes(file))).toEqual([true, true]);
    expect(files.map((file) => taken.includes(file))).toEqual([false, false]);
    expect(await steward.nameOf(series)).toEqual([{ Alphabetic: 'Bench^Patient', Ideographic: '测试^王人' }]);
    expect(await steward.updatesOf(series)).toEqual([
      ['study.registered.v1', 1, 2],
      ['study.updated.v1', 2, 2],
    ]);
    const { json } = await steward.ask('GET', `/${caseId}`);
    expect(json.differences).toMatchObject([{ first: 'Bench^Patient=测试^病人', other: 'Bench^Patient=测试^王人' }]);
    // Both versions are known now: neither comes to the steward again.
    const displaced = await registry.store('H001', [...files].reverse());
    const shown = await registry.store('H001', [...others].reverse());
    expect(await steward.casesOf(series)).toEqual([]);
    expect((await steward.updatesOf(series)).length).toBe(2);
    expect((await registry.put(displaced)).json).toMatchObject({ duplicates: 2, notServed: [0, 1] });
    expect((await registry.put(shown)).json).toMatchObject({ duplicates: 2, notServed: [] });
  });

  it('is recorded with what was decided, and not when it was not', async () => {
    const { series, caseId } = await steward.correctedName();
    await steward.decide(caseId, 'keep', 1);
    await steward.decide(caseId, 'keep', 1);
    await steward.decide(caseId, 'undo', 2);
    expect(await registry.deeds(series.studyInstanceUid)).toEqual([
      ['quarantine.decide', 'the.steward', 'H001', caseId, 'keep'],
      ['quarantine.decide', 'the.steward', 'H001', caseId, 'undo'],
    ]);
  });

  it('describes the series anew as well, where most of it is exchanged', async () => {
    const series = ctSeries(1);
    const [file = never()] = series.slices.map(fileOf);
    await registry.store('H001', [file]);
    await registry.store('H001', [withText(file, 'CHEST', 'ELBOW')]);
    const [{ caseId }] = await steward.casesOf(series);
    const parts = () =>
      registry.database.query('SELECT body_part FROM series WHERE series_uid = $1', [series.seriesInstanceUid]);
    expect((await steward.decide(caseId, 'take', 1)).status).toBe(200);
    expect(await parts()).toEqual([{ body_part: 'ELBOW' }]);
    await steward.decide(caseId, 'undo', 2);
    expect(await parts()).toEqual([{ body_part: 'CHEST' }]);
  });

  it('undoes a decision, and each of them stays on record', async () => {
    const { series, files, caseId } = await steward.correctedName();
    const before = await steward.shown(series);
    await steward.decide(caseId, 'take', 1);
    expect(await steward.decide(caseId, 'undo', 2, '核实后发现更正有误')).toMatchObject({
      status: 200,
      json: { state: 'open', version: 3 },
    });
    const after = await steward.shown(series);
    expect(files.map((file) => after.includes(file))).toEqual([true, true]);
    expect(after.length).toBe(before.length);
    expect(await steward.nameOf(series)).toEqual([{ Alphabetic: 'Bench^Patient', Ideographic: '测试^病人' }]);
    expect((await steward.ask('GET', `/${caseId}`)).json.decisions).toEqual([
      {
        decision: 'take',
        decidedBy: 'the.steward',
        decidedByName: 'the.steward',
        decidedAt: expect.any(String),
        note: 'PACS 重发，姓名已更正',
      },
      {
        decision: 'undo',
        decidedBy: 'the.steward',
        decidedByName: 'the.steward',
        decidedAt: expect.any(String),
        note: '核实后发现更正有误',
      },
    ]);
    expect(await steward.decide(caseId, 'keep', 3)).toMatchObject({ status: 200, json: { state: 'kept', version: 4 } });
  });

  it('is told when somebody else has decided, or more has come, since the case was looked at', async () => {
    const { series, others, caseId } = await steward.correctedName();
    const answers = await Promise.all(
      ['keep', 'take', 'take', 'keep'].map((decision) => steward.decide(caseId, decision, 1)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    expect(answers.filter(({ status }) => status === 409).map(({ json }) => json.code)).toEqual(
      Array(3).fill('QUARANTINE_CASE_CHANGED'),
    );
    const grown = await steward.correctedName();
    await registry.store('H001', [withPixel(others[0] ?? never())]);
    await registry.store('H001', [withPixel(grown.others[0] ?? never())]);
    expect((await steward.decide(grown.caseId, 'take', 1)).json.code).toBe('QUARANTINE_CASE_CHANGED');
    expect(await steward.casesOf(series)).toHaveLength(1);
  });

  it('undoes decisions about one series in their order only', async () => {
    const { series, files, caseId } = await steward.correctedName();
    await steward.decide(caseId, 'take', 1);
    await registry.store(
      'H001',
      files.map((file) => withText(file, '病人', '李人')),
    );
    const [later] = await steward.casesOf(series);
    await steward.decide(later.caseId, 'take', 1);
    expect((await steward.decide(caseId, 'undo', 2)).json.code).toBe('QUARANTINE_REPLACED_SINCE');
    expect((await steward.decide(later.caseId, 'undo', 2)).status).toBe(200);
    expect((await steward.decide(caseId, 'undo', 2)).status).toBe(200);
    const shownNow = await steward.shown(series);
    expect(files.map((file) => shownNow.includes(file))).toEqual([true, true]);
  });

  it('cannot take images of another patient, of another hospital or of another series', async () => {
    const series = ctSeries(1, 'B100000001');
    const [file = never()] = series.slices.map(fileOf);
    await registry.store('H001', [file]);
    const foreign = withPixel(file);
    await registry.store('H002', [foreign]);
    await registry.store('H001', [withText(file, 'LO\x0a\x00B100000001', 'LO\x0a\x00B100000002')]);
    await registry.store('H001', [
      withText(
        file,
        series.seriesInstanceUid,
        series.seriesInstanceUid.replace(/.$/, (digit) => (digit === '7' ? '8' : '7')),
      ),
    ]);
    const cases: { caseId: string; hospital: string }[] = await steward.casesOf(series);
    expect(cases).toHaveLength(3);
    const codes = await Promise.all(
      cases.map(async ({ caseId, hospital }) => [hospital, (await steward.decide(caseId, 'take', 1)).json.code]),
    );
    expect(codes.sort()).toEqual([
      ['H001', 'QUARANTINE_OTHER_PATIENT'],
      ['H001', 'QUARANTINE_TAKE_NOT_POSSIBLE'],
      ['H002', 'QUARANTINE_TAKE_NOT_POSSIBLE'],
    ]);
    expect(await steward.updatesOf(series)).toHaveLength(1);
  });
});
