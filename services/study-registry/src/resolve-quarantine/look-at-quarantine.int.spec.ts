import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CT_STUDY_DATE, ctSeries, fileOf } from '@yinglian/testing';
import { sha256 } from '../testing/pack-of.js';
import { RegistryService } from '../testing/registry-service.js';
import { never, Steward, withPixel, withText } from '../testing/steward.js';

describe('a steward who looks at quarantine', () => {
  let registry: RegistryService;
  let steward: Steward;
  beforeAll(async () => {
    registry = await RegistryService.start();
    steward = new Steward(registry);
  });
  afterAll(() => registry.stop());

  it('has one row for all slices that were sent again, whatever packs they came in', async () => {
    const series = ctSeries(3);
    const files = series.slices.map(fileOf);
    await registry.store('H001', files);
    for (const file of files) await registry.store('H001', [withPixel(file)]);
    expect(await steward.casesOf(series)).toEqual([
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
        studyDate: CT_STUDY_DATE,
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
    const page = (await steward.ask('GET', `${foreign}&limit=1`)).json;
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
    const first = (await steward.ask('GET', `${foreign}&limit=1`)).json;
    const next = (await steward.ask('GET', `${foreign}&limit=1&cursor=${first.nextCursor}`)).json;
    expect(
      [first, next].map(({ cases, nextCursor }) => [cases[0].studyInstanceUid, cases[0].instances, nextCursor]),
    ).toEqual([
      [series.studyInstanceUid, 2, first.cases[0].caseId],
      [other.studyInstanceUid, 1, null],
    ]);
    expect((await steward.ask('GET', '?hospital=H003&reason=SAME_UID_OTHER_BYTES')).json.cases).toEqual([]);
    expect((await registry.events('audit')).map(({ data }) => data)).toContainEqual(
      expect.objectContaining({
        action: 'person.search',
        query: ['quarantine'],
        actor: expect.objectContaining({ subject: 'the.steward' }),
      }),
    );
  });

  it('sees both versions side by side: what the headers say differently, and whether the pixels differ', async () => {
    const { series, files, others, caseId } = await steward.correctedName();
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
    expect((await steward.ask('GET', `/${caseId}`)).json).toEqual({
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
        studyDate: CT_STUDY_DATE,
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

  it('is answered clearly for what is not there, and nobody else is answered at all', async () => {
    expect((await steward.ask('GET', '/999999')).json.code).toBe('QUARANTINE_CASE_NOT_FOUND');
    expect((await steward.decide('999999', 'keep', 1)).json.code).toBe('QUARANTINE_CASE_NOT_FOUND');
    expect((await steward.decide('1', 'keep', 1, ' ')).json.code).toBe('INVALID_REQUEST');
    expect((await steward.ask('GET', '?hospital=nowhere')).json.code).toBe('INVALID_REQUEST');
    for (const role of ['clinician', 'auditor', 'administrator', 'patient'] as const) {
      const { json } = await registry.get('/api/study-registry/quarantine', 'application/json', { roles: [role] });
      expect(json.code).toBe('ROLE_NOT_ALLOWED');
    }
  });
});
