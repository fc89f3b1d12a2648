import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CtSeries, ctSeries, fileOf } from '@yinglian/testing';
import { sha256 } from '../testing/pack-of.js';
import { type Answer, RegistryService } from '../testing/registry-service.js';

/** The same file with another text of as many bytes in its header. */
function withText(file: Buffer, from: string, to: string): Buffer {
  const copy = Buffer.from(file);
  copy.write(to, copy.indexOf(from), 'utf8');
  return copy;
}

/** The same file with another last sample. */
function withPixel(file: Buffer): Buffer {
  const copy = Buffer.from(file);
  copy[copy.length - 1] = (copy.at(-1) ?? 0) ^ 0x55;
  return copy;
}

describe('a steward', () => {
  let registry: RegistryService;
  beforeAll(async () => {
    registry = await RegistryService.start();
  });
  afterAll(() => registry.stop());

  const ask = async (method: string, path: string, body?: object, subject = 'the.steward'): Promise<Answer> => {
    const token = await registry.issuer.personToken({ subject, roles: ['steward'], hospital: null });
    return registry.ask(method, `/api/study-registry/quarantine${path}`, {
      headers: {
        authorization: `Bearer ${token}`,
        'x-purpose-of-use': 'HOPERAT',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: Buffer.from(JSON.stringify(body)) }),
    });
  };
  const decide = (caseId: string, decision: string, version: number, note = 'PACS 重发，姓名已更正') =>
    ask('POST', `/${caseId}/decisions`, { decision, version, note });
  const casesOf = async (series: CtSeries, state = 'open') =>
    (await ask('GET', `?limit=100&state=${state}`)).json.cases.filter(
      (listed: { studyInstanceUid: string }) => listed.studyInstanceUid === series.studyInstanceUid,
    );
  /** What is registered of a series, as a clinician of its hospital gets it. */
  const shown = async (series: CtSeries) => {
    const { body } = await registry.get(
      `/dicom-web/studies/${series.studyInstanceUid}/series/${series.seriesInstanceUid}`,
      'multipart/related; type="application/dicom"; transfer-syntax=*',
    );
    return body;
  };
  const nameOf = async (series: CtSeries) =>
    (await registry.find(`/studies?StudyInstanceUID=${series.studyInstanceUid}`))[0]?.['00100010']?.Value;
  const updatesOf = async (series: CtSeries) =>
    (await registry.events('studies'))
      .filter(({ data }) => data.studyInstanceUid === series.studyInstanceUid)
      .map(({ type, data }) => [type, data.version, data.instances]);

  /** Two slices, sent again with a corrected name; the second one with another pixel as well. */
  async function correctedName() {
    const series = ctSeries(2);
    const files = series.slices.map(fileOf);
    await registry.store('H001', files);
    const others = files.map((file, at) => {
      const corrected = withText(file, '病人', '王人');
      return at === 1 ? withPixel(corrected) : corrected;
    });
    await registry.store('H001', others);
    const [listed] = await casesOf(series);
    return { series, files, others, caseId: String(listed?.caseId) };
  }

  it('has one row for all slices that were sent again, whatever packs they came in', async () => {
    const series = ctSeries(3);
    const files = series.slices.map(fileOf);
    await registry.store('H001', files);
    for (const file of files) await registry.store('H001', [withPixel(file)]);
    expect(await casesOf(series)).toEqual([
      {
        caseId: expect.any(String),
        studyInstanceUid: series.studyInstanceUid,
        seriesInstanceUid: series.seriesInstanceUid,
        hospital: 'H001',
        reason: 'SAME_UID_OTHER_BYTES',
        state: 'open',
        instances: 3,
        openedAt: expect.any(String),
        owner: 'H001',
        patientName: 'Bench^Patient=测试^病人',
        patientId: series.patientId,
        studyDate: '20260105',
        studyDescription: '胸部平扫',
        modalities: ['CT'],
        made: null,
      },
    ]);
  });

  it('pages through cases, narrowed by hospital and reason, and the look is recorded', async () => {
    const series = ctSeries(1);
    await registry.store('H001', series.slices.map(fileOf));
    await registry.store(
      'H003',
      series.slices.map((slice) => withPixel(fileOf(slice))),
    );
    const foreign = '?hospital=H003&reason=STUDY_OF_ANOTHER_HOSPITAL';
    const page = (await ask('GET', `${foreign}&limit=1`)).json;
    expect([page.cases.map(({ hospital }: { hospital: string }) => hospital), page.nextCursor]).toEqual([
      ['H003'],
      null,
    ]);
    await registry.store('H003', [withText(fileOf(series.slices[0] ?? never()), '病人', '王人')]);
    const other = ctSeries(1);
    await registry.store('H001', other.slices.map(fileOf));
    await registry.store(
      'H003',
      other.slices.map((slice) => withPixel(fileOf(slice))),
    );
    const first = (await ask('GET', `${foreign}&limit=1`)).json;
    const next = (await ask('GET', `${foreign}&limit=1&cursor=${first.nextCursor}`)).json;
    expect(
      [first, next].map(({ cases, nextCursor }) => [cases[0].studyInstanceUid, cases[0].instances, nextCursor]),
    ).toEqual([
      [series.studyInstanceUid, 2, first.cases[0].caseId],
      [other.studyInstanceUid, 1, null],
    ]);
    expect((await ask('GET', '?hospital=H003&reason=SAME_UID_OTHER_BYTES')).json.cases).toEqual([]);
    expect((await registry.events('audit')).map(({ data }) => data)).toContainEqual(
      expect.objectContaining({
        action: 'person.search',
        query: ['quarantine'],
        actor: expect.objectContaining({ subject: 'the.steward' }),
      }),
    );
  });

  it('sees both versions side by side: what the headers say differently, and whether the pixels differ', async () => {
    const { series, files, others, caseId } = await correctedName();
    const side = {
      hospital: 'H001',
      sizeBytes: files.reduce((sum, { length }) => sum + length, 0),
      receivedFrom: '2026-11-24T08:00:00.000Z',
      receivedTo: '2026-11-24T08:00:00.000Z',
      callingAeTitles: ['STORESCU'],
      via: ['C-STORE'],
      transferSyntaxUids: ['1.2.840.10008.1.2.1'],
    };
    const dataSetSha256 = (file: Buffer | undefined) =>
      sha256((file ?? never()).subarray(144 + (file ?? never()).readUInt32LE(140)));
    expect((await ask('GET', `/${caseId}`)).json).toEqual({
      caseId,
      reason: 'SAME_UID_OTHER_BYTES',
      state: 'open',
      hospital: 'H001',
      instances: 2,
      version: 1,
      openedAt: expect.any(String),
      study: {
        studyInstanceUid: series.studyInstanceUid,
        hospital: 'H001',
        patientName: 'Bench^Patient=测试^病人',
        patientId: series.patientId,
        studyDate: '20260105',
        description: '胸部平扫',
        modalities: ['CT'],
        charsetGuessed: false,
      },
      series: { seriesInstanceUid: series.seriesInstanceUid, seriesNumber: '1', description: '', instances: 2 },
      first: side,
      other: side,
      compared: series.slices.map(({ sopInstanceUid }, at) => ({
        sopInstanceUid,
        instanceNumber: String(at + 1),
        first: dataSetSha256(files[at]),
        other: dataSetSha256(others[at]),
        pixels: at === 1 ? 'differ' : 'equal',
        differences: 1,
      })),
      differences: [
        {
          tag: '00100010',
          keyword: 'PatientName',
          first: 'Bench^Patient=测试^病人',
          other: 'Bench^Patient=测试^王人',
          instances: 2,
        },
      ],
      decisions: [],
    });
  });

  it('keeps the first version: the other stays stored, and comes back to nobody’s table', async () => {
    const { series, files, others, caseId } = await correctedName();
    expect(await decide(caseId, 'keep', 1)).toMatchObject({ status: 200, json: { state: 'kept', version: 2 } });
    expect(await casesOf(series)).toEqual([]);
    expect(await casesOf(series, 'decided')).toMatchObject([
      {
        caseId,
        state: 'kept',
        made: { decision: 'keep', decidedByName: 'the.steward', note: 'PACS 重发，姓名已更正' },
      },
    ]);
    await registry.store('H001', [others[0] ?? never()]);
    expect(await casesOf(series)).toEqual([]);
    expect((await shown(series)).includes(files[0] ?? never())).toBe(true);
    expect((await updatesOf(series)).length).toBe(1);
  });

  it('takes the other version: it is shown and described, its study is told of, the first stays known', async () => {
    const { series, files, others, caseId } = await correctedName();
    expect(await decide(caseId, 'take', 1)).toMatchObject({ status: 200, json: { state: 'taken', version: 2 } });
    const taken = await shown(series);
    expect(others.map((file) => taken.includes(file))).toEqual([true, true]);
    expect(files.map((file) => taken.includes(file))).toEqual([false, false]);
    expect(await nameOf(series)).toEqual([{ Alphabetic: 'Bench^Patient', Ideographic: '测试^王人' }]);
    expect(await updatesOf(series)).toEqual([
      ['study.registered.v1', 1, 2],
      ['study.updated.v1', 2, 2],
    ]);
    const { json } = await ask('GET', `/${caseId}`);
    expect(json.differences).toMatchObject([{ first: 'Bench^Patient=测试^病人', other: 'Bench^Patient=测试^王人' }]);
    // Both versions are known now: neither comes to the steward again.
    await registry.store('H001', [...files].reverse());
    await registry.store('H001', [...others].reverse());
    expect(await casesOf(series)).toEqual([]);
    expect((await updatesOf(series)).length).toBe(2);
  });

  it('describes the series anew as well, where most of it is exchanged', async () => {
    const series = ctSeries(1);
    const [file = never()] = series.slices.map(fileOf);
    await registry.store('H001', [file]);
    await registry.store('H001', [withText(file, 'CHEST', 'ELBOW')]);
    const [{ caseId }] = await casesOf(series);
    const parts = () =>
      registry.database.query('SELECT body_part FROM series WHERE series_uid = $1', [series.seriesInstanceUid]);
    expect((await decide(caseId, 'take', 1)).status).toBe(200);
    expect(await parts()).toEqual([{ body_part: 'ELBOW' }]);
    await decide(caseId, 'undo', 2);
    expect(await parts()).toEqual([{ body_part: 'CHEST' }]);
  });

  it('undoes a decision, and each of them stays on record', async () => {
    const { series, files, caseId } = await correctedName();
    const before = await shown(series);
    await decide(caseId, 'take', 1);
    expect(await decide(caseId, 'undo', 2, '核实后发现更正有误')).toMatchObject({
      status: 200,
      json: { state: 'open', version: 3 },
    });
    const after = await shown(series);
    expect(files.map((file) => after.includes(file))).toEqual([true, true]);
    expect(after.length).toBe(before.length);
    expect(await nameOf(series)).toEqual([{ Alphabetic: 'Bench^Patient', Ideographic: '测试^病人' }]);
    expect((await ask('GET', `/${caseId}`)).json.decisions).toEqual([
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
    expect(await decide(caseId, 'keep', 3)).toMatchObject({ status: 200, json: { state: 'kept', version: 4 } });
  });

  it('is told when somebody else has decided, or more has come, since the case was looked at', async () => {
    const { series, others, caseId } = await correctedName();
    const answers = await Promise.all(['keep', 'take', 'take', 'keep'].map((decision) => decide(caseId, decision, 1)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    expect(answers.filter(({ status }) => status === 409).map(({ json }) => json.code)).toEqual(
      Array(3).fill('QUARANTINE_CASE_CHANGED'),
    );
    const grown = await correctedName();
    await registry.store('H001', [withPixel(others[0] ?? never())]);
    await registry.store('H001', [withPixel(grown.others[0] ?? never())]);
    expect((await decide(grown.caseId, 'take', 1)).json.code).toBe('QUARANTINE_CASE_CHANGED');
    expect(await casesOf(series)).toHaveLength(1);
  });

  it('undoes decisions about one series in their order only', async () => {
    const { series, files, caseId } = await correctedName();
    await decide(caseId, 'take', 1);
    await registry.store(
      'H001',
      files.map((file) => withText(file, '病人', '李人')),
    );
    const [later] = await casesOf(series);
    await decide(later.caseId, 'take', 1);
    expect((await decide(caseId, 'undo', 2)).json.code).toBe('QUARANTINE_REPLACED_SINCE');
    expect((await decide(later.caseId, 'undo', 2)).status).toBe(200);
    expect((await decide(caseId, 'undo', 2)).status).toBe(200);
    const shownNow = await shown(series);
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
        `${series.seriesInstanceUid.slice(0, -1)}`.padEnd(series.seriesInstanceUid.length, '7'),
      ),
    ]);
    const cases: { caseId: string; hospital: string }[] = await casesOf(series);
    expect(cases).toHaveLength(3);
    const codes = await Promise.all(
      cases.map(async ({ caseId, hospital }) => [hospital, (await decide(caseId, 'take', 1)).json.code]),
    );
    expect(codes.sort()).toEqual([
      ['H001', 'QUARANTINE_OTHER_PATIENT'],
      ['H001', 'QUARANTINE_TAKE_NOT_POSSIBLE'],
      ['H002', 'QUARANTINE_TAKE_NOT_POSSIBLE'],
    ]);
    expect(await updatesOf(series)).toHaveLength(1);
  });

  it('is answered clearly for what is not there, and nobody else is answered at all', async () => {
    expect((await ask('GET', '/999999')).json.code).toBe('QUARANTINE_CASE_NOT_FOUND');
    expect((await decide('999999', 'keep', 1)).json.code).toBe('QUARANTINE_CASE_NOT_FOUND');
    expect((await decide('1', 'keep', 1, ' ')).json.code).toBe('INVALID_REQUEST');
    expect((await ask('GET', '?hospital=nowhere')).json.code).toBe('INVALID_REQUEST');
    for (const role of ['clinician', 'auditor', 'administrator', 'patient'] as const) {
      const { json } = await registry.get('/api/study-registry/quarantine', 'application/json', { roles: [role] });
      expect(json.code).toBe('ROLE_NOT_ALLOWED');
    }
  });
});

function never(): never {
  throw new Error('There is no such file');
}
