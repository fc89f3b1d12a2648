import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GatewayReportedV1, StudyReceivedV1, StudyReceivedV2 } from '@yinglian/contracts';
import { ctSeries, fileOf } from '@yinglian/testing';
import { RegistryService } from '../testing/registry-service.js';

const golden = (type: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../../libs/contracts/src/golden/${type}.json`, import.meta.url), 'utf8'));

describe('what gateways report of their days', () => {
  let registry: RegistryService;
  beforeAll(async () => {
    registry = await RegistryService.start();
  });
  afterAll(() => registry.stop());

  const report = GatewayReportedV1.data.parse(golden(GatewayReportedV1.type));
  const show = (period: string, roles: ['administrator'] | ['clinician'] = ['administrator']) =>
    registry.get(`/api/study-registry/completeness?${period}`, 'application/json', { roles });
  const figures = ({ exams: _, ...of }: typeof report) => ({
    ...of,
    rate: 93 / 96,
    deadlines: { met: 93, late: null, due: null, overdue: null },
    gaps: of.gaps.map(({ code }) => ({ code, count: null })),
  });

  it('is shown by day and hospital in figures only, the last word of each gateway', async () => {
    const later = { ...report, reportedAt: '2026-11-25T18:30:00.000Z', studies: 99 };
    const another = { ...report, hospital: 'H002', isVerified: false };
    const before = { ...report, day: '2026-11-23' };
    await registry.publish(GatewayReportedV1, later, report, another, before);
    const { status, json } = await show('from=2026-11-23&to=2026-11-24');
    const rate = 93 / 96;
    expect([status, json]).toEqual([
      200,
      {
        reports: [before, later, another].map(figures),
        rates: { ofHospitals: { H001: rate, H002: rate }, ofDays: { '2026-11-23': rate, '2026-11-24': rate } },
        gaps: report.gaps.map(({ code }) => ({ code, count: null })),
        fewerThan: 5,
      },
    ]);
    expect((await show('from=2026-11-23&to=2026-11-23')).json.reports).toEqual([figures(before)]);
    expect((await show('from=2026-10-01&to=2026-10-31')).json.reports).toEqual([]);
  });

  it('is shown for one day of a hospital with the studies that gaps name', async () => {
    await registry.publish(GatewayReportedV1, { ...report, day: '2026-11-20' });
    const showDay = (place: string, roles: ['administrator'] | ['clinician'] = ['administrator']) =>
      registry.get(`/api/study-registry/completeness/${place}`, 'application/json', { roles });
    const { status, json } = await showDay('H001/2026-11-20');
    expect([status, json]).toEqual([200, { hospital: 'H001', day: '2026-11-20', gaps: report.gaps }]);
    const silent = await showDay('H001/2026-11-19');
    expect([silent.status, silent.json.code]).toEqual([404, 'DAY_NOT_REPORTED']);
    expect((await showDay('H001/2026-11-20', ['clinician'])).status).toBe(403);
  });

  it('is for administrators, and for a season at most', async () => {
    expect((await show('from=2026-11-23&to=2026-11-24', ['clinician'])).status).toBe(403);
    expect((await show('from=2026-11-24&to=2026-11-23')).status).toBe(400);
    expect((await show('from=2026-01-01&to=2026-11-23')).status).toBe(400);
  });

  it('tells of a study that is complete why it is, in the words of either version', async () => {
    const series = ctSeries(2);
    const studyInstanceUid = series.studyInstanceUid;
    await registry.store('H001', series.slices.map(fileOf));
    const doubtful = { ...StudyReceivedV2.data.parse(golden(StudyReceivedV2.type)), studyInstanceUid, instances: 2 };
    const quiet = { ...StudyReceivedV1.data.parse(golden(StudyReceivedV1.type)), studyInstanceUid, instances: 1 };
    await registry.publish(StudyReceivedV1, quiet);
    await registry.publish(StudyReceivedV2, doubtful);
    const told = (await registry.events('studies')).filter(({ data }) => data.studyInstanceUid === studyInstanceUid);
    const reasonOf = ({ data: { reason, confidence, expected, missing } }: (typeof told)[number]) => [
      reason,
      confidence,
      expected,
      missing,
    ];
    expect(told.filter(({ type }) => type === 'study.completed.v2').map(reasonOf)).toEqual([
      ['QUIET_AFTER_RELEASE', 'likely', null, 0],
      ['QUIET_TIME', 'doubtful', 400, 1],
    ]);
  });
});
