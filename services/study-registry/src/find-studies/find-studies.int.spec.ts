import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DicomJson } from '@yinglian/dicom';
import { RegistryService } from '../testing/registry-service.js';
import { type StudyTexts, testStudy } from '../testing/test-study.js';

const PERSON = 'P01KB0000000000000000000001';
const uidOf = (study: DicomJson | undefined) => study?.['0020000D']?.Value?.[0];

describe('QIDO-RS of studies', () => {
  let registry: RegistryService;
  const uids: Record<string, string> = {};
  const studies: Record<string, StudyTexts> = {
    chest: {
      patientId: 'L1',
      patientName: 'Wang^XiaoYu=王^小雨',
      studyDate: '20260301',
      studyTime: '083000',
      accessionNumber: 'CT0001',
      description: '胸部平扫',
      birthDate: '19800203',
      sex: 'F',
    },
    knee: {
      patientId: 'L1',
      patientName: '周一帆(ZHOU^YIFAN)',
      studyDate: '20260401',
      studyTime: '1200',
      accessionNumber: 'MR_1%',
      modality: 'MR',
    },
    hand: { patientId: 'L2', patientName: 'Li^Na=李^娜', studyDate: '20260401', studyTime: '115959.5', modality: 'DX' },
    undated: { patientId: 'L2', patientName: "O'Brien; DROP TABLE studies--" },
  };
  beforeAll(async () => {
    registry = await RegistryService.start();
    for (const [name, texts] of Object.entries(studies)) {
      const study = testStudy(texts, name === 'chest' ? 3 : 1);
      uids[name] = study.studyUid;
      for (const file of study.files) await registry.store('H001', [file]);
    }
    await registry.link('H001', 'L1', PERSON);
  });
  afterAll(() => registry.stop());

  const found = async (query: string) => {
    const names = Object.entries(uids);
    return (await registry.find(`/studies?${query}`)).map(
      (study) => names.find(([, uid]) => uid === uidOf(study))?.[0],
    );
  };

  it('answers what PS3.18 table 10.6.3-3 asks for, under the province’s identity', async () => {
    const [study] = await registry.find(`/studies?StudyInstanceUID=${uids.chest}`);
    expect(study).toEqual({
      '00080005': { vr: 'CS', Value: ['ISO_IR 192'] },
      '00080020': { vr: 'DA', Value: ['20260301'] },
      '00080030': { vr: 'TM', Value: ['083000'] },
      '00080050': { vr: 'SH', Value: ['CT0001'] },
      '00080051': { vr: 'SQ', Value: [{ '00400031': { vr: 'UT', Value: ['H001'] } }] },
      '00080056': { vr: 'CS', Value: ['ONLINE'] },
      '00080061': { vr: 'CS', Value: ['CT'] },
      '00080080': { vr: 'LO' },
      '00080090': { vr: 'PN' },
      '00081030': { vr: 'LO', Value: ['胸部平扫'] },
      '00081190': { vr: 'UR', Value: [`${registry.address}/dicom-web/studies/${uids.chest}`] },
      '00100010': { vr: 'PN', Value: [{ Alphabetic: 'Wang^XiaoYu', Ideographic: '王^小雨' }] },
      '00100020': { vr: 'LO', Value: [PERSON] },
      '00100021': { vr: 'LO', Value: ['YINGLIAN'] },
      '00100030': { vr: 'DA', Value: ['19800203'] },
      '00100040': { vr: 'CS', Value: ['F'] },
      '00101002': {
        vr: 'SQ',
        Value: [{ '00100020': { vr: 'LO', Value: ['L1'] }, '00100021': { vr: 'LO', Value: ['H001'] } }],
      },
      '0020000D': { vr: 'UI', Value: [uids.chest] },
      '00200010': { vr: 'SH' },
      '00201206': { vr: 'IS', Value: [3] },
      '00201208': { vr: 'IS', Value: [3] },
    });
  });

  it.each([
    [`PatientID=${PERSON}`, ['knee', 'chest']],
    ['00100020=L2', ['hand', 'undated']],
    ['AccessionNumber=CT0001', ['chest']],
    ['AccessionNumber=CT*', ['chest']],
    ['AccessionNumber=MR_1%25', ['knee']],
    ['AccessionNumber=MR?1%25', ['knee']],
    ['AccessionNumber=__0001', []],
    ['StudyDate=20260401', ['knee', 'hand']],
    ['StudyDate=20260302-', ['knee', 'hand']],
    ['StudyDate=-20260331', ['chest']],
    ['StudyDate=20260401&StudyTime=-1159', ['hand']],
    ['StudyDate=20260401&StudyTime=1200', ['knee']],
    ['PatientName=wang*', ['chest']],
    ['PatientName=%E7%8E%8B*', ['chest']],
    ['PatientName=LI^NA', ['hand']],
    ['PatientName=zhou*', ['knee']],
    ['PatientName=%E5%91%A8*', ['knee']],
    ["PatientName=O'Brien;*", ['undated']],
    ["PatientName=x' OR '1'='1", []],
    ['StudyDescription=*%E5%B9%B3%E6%89%AB', ['chest']],
    ['PatientBirthDate=19800203&PatientSex=F', ['chest']],
    ['ModalitiesInStudy=MR,DX', ['knee', 'hand']],
    ['ModalitiesInStudy=MR&StudyDate=2026*&limit=5', null],
    ['', ['knee', 'hand', 'chest', 'undated']],
    ['includefield=all&fuzzymatching=false&StudyID=', ['knee', 'hand', 'chest', 'undated']],
  ])('by %s finds %j', async (query, names) => {
    if (names !== null) return expect(await found(query)).toEqual(names);
    const { status, json } = await registry.get(`/dicom-web/studies?${query}`);
    expect([status, json.code]).toEqual([400, 'QUERY_INVALID']);
  });

  it('by several UIDs finds them all', async () => {
    expect(await found(`StudyInstanceUID=${uids.hand}\\${uids.chest}`)).toEqual(['hand', 'chest']);
    expect(await found(`StudyInstanceUID=${uids.hand},${uids.chest}`)).toEqual(['hand', 'chest']);
    expect(await found(`StudyInstanceUID=${uids.hand}&StudyInstanceUID=${uids.chest}`)).toEqual(['hand', 'chest']);
  });

  it('pages through everything once, and says while there is more', async () => {
    const pages = [0, 2, 4].map((offset) => registry.get(`/dicom-web/studies?limit=2&offset=${offset}`));
    const answers = await Promise.all(pages);
    expect(answers.flatMap(({ json }) => json.map(uidOf))).toEqual([uids.knee, uids.hand, uids.chest, uids.undated]);
    expect(answers.map(({ headers }) => headers.get('warning'))).toEqual([
      '299 yinglian "There are additional results that can be requested"',
      null,
      null,
    ]);
  });

  it.each(['StudyDat=20260401', 'StudyDate=yesterday', 'StudyInstanceUID=abc', 'limit=-1', 'SOPInstanceUID=1.2'])(
    'refuses %s, which would find too much or nothing',
    async (query) => {
      const { status, json } = await registry.get(`/dicom-web/studies?${query}`);
      expect([status, json.code]).toEqual([400, 'QUERY_INVALID']);
    },
  );

  it.each([
    ['zhou yifan', ['knee']],
    ['Zhou^Yifan', ['knee']],
    ['zhouyifan', ['knee']],
    ['YIFAN ZHOU', ['knee']],
    ['wang xiao', ['chest']],
    ['wan xia', ['chest']],
    ['王小', ['chest']],
    ['小雨', ['chest']],
    ['wxy', ['chest']],
    ['li', ['hand']],
    ['na li', ['hand']],
    ['brien', []],
    ["o'brien", ['undated']],
    ['zhou na', []],
  ])('fuzzily, %s finds %j', async (name, names) => {
    expect(await found(`fuzzymatching=true&PatientName=${encodeURIComponent(name)}`)).toEqual(names);
  });

  it('lists series and instances of a study, matched and paged', async () => {
    const numbers = async (path: string, tag: string) =>
      (await registry.find(`/studies/${uids.chest}${path}`)).map((json) => json[tag]?.Value?.[0]);
    expect(await numbers('/series', '00200011')).toEqual([1, 2, 3]);
    expect(await numbers('/series?SeriesNumber=2&Modality=CT', '00200011')).toEqual([2]);
    expect(await numbers('/series?limit=1&offset=1', '00200011')).toEqual([2]);
    expect(await numbers('/series?SeriesDescription=*3', '00201209')).toEqual([1]);
    expect(await numbers('/instances?limit=2', '0020000E')).toEqual([`${uids.chest}.1`, `${uids.chest}.2`]);
    expect(await numbers('/instances?limit=2&offset=2', '0020000E')).toEqual([`${uids.chest}.3`]);
    expect(await numbers(`/series/${uids.chest}.2/instances`, '00080018')).toEqual([`${uids.chest}.2.1`]);
    expect(await numbers(`/instances?SOPInstanceUID=${uids.chest}.3.1`, '00080018')).toEqual([`${uids.chest}.3.1`]);
    const unknown = await registry.get(`/dicom-web/studies/${uids.chest}/series/1.2/instances`);
    expect([unknown.status, unknown.json.code]).toEqual([404, 'SERIES_NOT_FOUND']);
    const nowhere = await registry.get('/dicom-web/studies/1.2.3/series');
    expect([nowhere.status, nowhere.json.code]).toEqual([404, 'STUDY_NOT_FOUND']);
  });
});
