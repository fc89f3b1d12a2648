import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseHeader, summarise, writeDataSet } from '@yinglian/dicom';
import { firstValue, machineHas } from '@yinglian/testing';
import { testStudy } from '../../testing/test-study.js';
import { CT, oddStudy } from '../testing/odd-study.js';
import { type Asked, type AskedKeys, type Association, WorkstationWorld } from '../testing/workstation-world.js';

const PERSON = 'P01ARZ3NDEKTSV4RRFFQ69G5FAV';
const STUDY_ROOT = '1.2.840.10008.5.1.4.1.2.2.1';
const PATIENT_ROOT = '1.2.840.10008.5.1.4.1.2.1.1';
const PENDING = 0xff00;
const WITHOUT_KEYS = 0xff01;

(machineHas('dcmtk', 'pydicom') ? describe : describe.skip)('C-FIND of workstations', () => {
  const name = 'Zhang^Wei=张^伟';
  const own = testStudy({ patientId: '1001', patientName: name, studyDate: '20260105', accessionNumber: 'A1' }, 2);
  const other = testStudy({ patientId: '2002', patientName: name, studyDate: '20260106', modality: 'MR' });
  const many = Array.from({ length: 104 }, () => testStudy({ patientId: '3003', studyDate: '20251201' }));
  const large = oddStudy(Array(2_000).fill(CT), '4004');
  let world: WorkstationWorld;

  beforeAll(async () => {
    world = await WorkstationWorld.start();
    const { registry } = world;
    for (const file of own.files) await registry.store('H001', [file]);
    for (const file of other.files) await registry.store('H002', [file]);
    await Promise.all(many.map(({ files }) => registry.store('H003', files)));
    await registry.store('H001', large.files);
    await registry.link('H001', '1001', PERSON);
    await registry.link('H002', '2002', PERSON);
  });
  afterAll(() => world.stop());

  const asking = (identifier: Asked['identifier'], more: Partial<Association> = {}): Association => ({
    calling: 'PLAIN1',
    operation: 'find',
    model: STUDY_ROOT,
    identifier,
    ...more,
  });
  const find = async (...asked: Parameters<typeof asking>) => world.pynetdicom(asking(...asked));
  const studiesIn = ({ answers }: Awaited<ReturnType<typeof find>>) =>
    answers.flatMap(({ dataSet }) => (dataSet === null ? [] : [firstValue(dataSet, '0020000D')]));
  const clinician = async (hospital: string) => ({
    type: 5,
    primary: await world.registry.issuer.personToken({ subject: `dr.${hospital}`, roles: ['clinician'], hospital }),
  });

  it('is answered over TLS to findscu, whose certificate proves which workstation it is', async () => {
    const { H1WS } = world.certificates;
    const echo = await world.overTls('echoscu', 'H1WS', H1WS);
    expect([echo.code, /Received Echo Response \(Success\)/.test(echo.output)]).toEqual([0, true]);
    const keys = ['QueryRetrieveLevel=STUDY', 'StudyInstanceUID', 'PatientID=1001', 'ModalitiesInStudy', 'PatientName'];
    const found = await world.overTls('findscu', 'H1WS', H1WS, ['-S', ...keys.flatMap((key) => ['-k', key])]);
    // A UID's padding is shown as it is.
    const output = found.output.replaceAll('\0', '');
    const answer = output.slice(output.indexOf('Find Response: 1 (Pending)'));
    expect(answer.match(/\([0-9a-f]{4},[0-9a-f]{4}\) \w\w \[.*\]/g)).toEqual([
      '(0008,0005) CS [ISO_IR 192]',
      '(0008,0052) CS [STUDY ]',
      '(0008,0054) AE [YINGLIAN]',
      '(0008,0061) CS [CT]',
      '(0010,0010) PN [Zhang^Wei=张^伟 ]',
      '(0010,0020) LO [1001]',
      `(0020,000d) UI [${own.studyUid}]`,
    ]);
    expect(answer).toContain('Received Final Find Response (Success)');
  });

  it('tells a workstation by itself of its own hospital’s studies, and each search is recorded', async () => {
    const found = await find({ QueryRetrieveLevel: 'STUDY', StudyInstanceUID: '', PatientID: PERSON });
    expect(studiesIn(found)).toEqual([own.studyUid]);
    const events = await world.registry.events('audit');
    const recorded = events.filter(({ subject }) => subject === 'workstation:PLAIN1').map(({ data }) => data);
    expect(recorded).toMatchObject([
      {
        actor: { subject: 'workstation:PLAIN1', hospital: 'H001' },
        action: 'study.search',
        personId: PERSON,
        query: ['00100020'],
        decision: { outcome: 'permit' },
      },
    ]);
  });

  it('tells the user of a workstation what QIDO-RS tells them, under the province’s person', async () => {
    const identifier = { QueryRetrieveLevel: 'STUDY', StudyInstanceUID: '', PatientName: '张*', PatientID: '' };
    const named = { ...identifier, PatientID: PERSON, SpecificCharacterSet: 'ISO_IR 192' };
    const found = await find(named, { identity: await clinician('H001') });
    expect([found.identityTaken, studiesIn(found)]).toEqual([true, [other.studyUid, own.studyUid]]);
    expect(found.answers[0]).toMatchObject({
      status: PENDING,
      dataSet: {
        '00100020': { Value: [PERSON] },
        '00100010': { Value: [{ Alphabetic: 'Zhang^Wei', Ideographic: '张^伟' }] },
      },
    });
    // One who names nobody sees whom the hospital treats.
    const anybody = await find(
      { ...identifier, PatientName: '' },
      { identity: await clinician('H002'), calling: 'PLAIN2' },
    );
    expect(studiesIn(anybody)).toEqual([other.studyUid, own.studyUid]);
  });

  it('answers in GB18030 to who asks in it', async () => {
    const identifier = { QueryRetrieveLevel: 'STUDY', SpecificCharacterSet: 'GB18030', StudyInstanceUID: own.studyUid };
    const { answers } = await find({ ...identifier, PatientName: '张^伟' });
    expect(answers.map(({ status }) => status)).toEqual([PENDING, 0]);
    expect(answers[0]?.dataSet).toMatchObject({
      '00080005': { Value: ['GB18030'] },
      '00100010': { Value: [{ Alphabetic: 'Zhang^Wei', Ideographic: '张^伟' }] },
    });
  });

  it('is answered at SERIES, IMAGE and PATIENT level', async () => {
    const study = { StudyInstanceUID: own.studyUid };
    const series = await find({
      QueryRetrieveLevel: 'SERIES',
      ...study,
      SeriesInstanceUID: '',
      SeriesNumber: '2',
      Modality: '',
    });
    expect(series.answers.map(({ status, dataSet }) => [status, dataSet?.['0020000E']?.Value])).toEqual([
      [PENDING, [`${own.studyUid}.2`]],
      [0, undefined],
    ]);
    const image = { QueryRetrieveLevel: 'IMAGE', ...study, SeriesInstanceUID: `${own.studyUid}.1`, SOPInstanceUID: '' };
    const images = await find(image, { syntaxes: ['1.2.840.10008.1.2'] });
    expect(images.answers.map(({ dataSet }) => dataSet?.['00080018']?.Value)).toEqual([
      [`${own.studyUid}.1.1`],
      undefined,
    ]);
    const patients = await find(
      { QueryRetrieveLevel: 'PATIENT', PatientID: '', PatientName: 'zhang^wei', IssuerOfPatientID: '' },
      { model: PATIENT_ROOT },
    );
    expect(patients.answers.map(({ dataSet }) => [dataSet?.['00100020']?.Value, dataSet?.['00100021']?.Value])).toEqual(
      [
        [[PERSON], ['YINGLIAN']],
        [undefined, undefined],
      ],
    );
    const ofPatient = { QueryRetrieveLevel: 'STUDY', PatientID: '1001', StudyInstanceUID: '' };
    expect(studiesIn(await find(ofPatient, { model: PATIENT_ROOT }))).toEqual([own.studyUid]);
    const ofAnother = { ...image, PatientID: '9999' };
    expect((await find(ofAnother, { model: PATIENT_ROOT })).answers.map(({ status }) => status)).toEqual([0]);
  });

  it('matches what sequences have with one item of theirs, as QIDO-RS does', async () => {
    const item = (step: string, procedure: string) => [
      { tag: 0x00400009, vr: 'SH', value: step },
      { tag: 0x00401001, vr: 'SH', value: procedure },
    ];
    const [file = Buffer.alloc(0)] = testStudy({ patientId: '5005' }).files;
    const requests = writeDataSet(
      [{ tag: 0x00400275, vr: 'SQ', value: [item('S1', 'R1'), item('S2', 'R2')] }],
      '1.2.840.10008.1.2.1',
    );
    await world.registry.store('H001', [Buffer.concat([file, requests])]);
    const { studyInstanceUid: StudyInstanceUID, seriesInstanceUid } = summarise(parseHeader(file));
    const series = { QueryRetrieveLevel: 'SERIES', StudyInstanceUID, SeriesInstanceUID: '' };
    const asked = (keys: AskedKeys) => find({ ...series, RequestAttributesSequence: [keys] });
    const found = async (keys: AskedKeys) =>
      (await asked(keys)).answers.flatMap(({ dataSet }) => dataSet?.['0020000E']?.Value ?? []);
    expect(await found({ ScheduledProcedureStepID: 'S1', RequestedProcedureID: 'R*' })).toEqual([seriesInstanceUid]);
    expect(await found({ ScheduledProcedureStepID: 'S1', RequestedProcedureID: 'R2' })).toEqual([]);
    const answers = async (identifier: AskedKeys) => (await find(identifier)).answers.map(({ status }) => status);
    const code = { ProcedureCodeSequence: [{ CodeValue: 'CT1' }] };
    expect(await answers({ QueryRetrieveLevel: 'STUDY', StudyInstanceUID, ...code })).toEqual([WITHOUT_KEYS, 0]);
    const twice = { RequestAttributesSequence: [{ RequestedProcedureID: 'R1' }, { RequestedProcedureID: 'R2' }] };
    expect(await answers({ ...series, ...twice })).toEqual([0xa900]);
  });

  it('finds a study by its hospital’s number in Other Patient IDs Sequence', async () => {
    const identifier = {
      QueryRetrieveLevel: 'STUDY',
      StudyInstanceUID: '',
      OtherPatientIDsSequence: [{ PatientID: '1001' }],
    };
    expect(studiesIn(await find(identifier))).toEqual([own.studyUid]);
    expect(studiesIn(await find({ ...identifier, OtherPatientIDsSequence: [{ PatientID: '1009' }] }))).toEqual([]);
  });

  it('says which optional keys it does not know, and refuses identifiers that are none', async () => {
    const study = { QueryRetrieveLevel: 'STUDY', StudyInstanceUID: own.studyUid };
    const comments = await find({ ...study, PatientComments: 'anything', StudyID: '' });
    expect(comments.answers.map(({ status }) => status)).toEqual([WITHOUT_KEYS, 0]);
    const wrong = [
      { StudyInstanceUID: own.studyUid },
      { QueryRetrieveLevel: 'PATIENT', PatientID: '1001' },
      { QueryRetrieveLevel: 'SERIES', SeriesInstanceUID: '' },
      { QueryRetrieveLevel: 'IMAGE', StudyInstanceUID: own.studyUid, SOPInstanceUID: '' },
      { ...study, StudyInstanceUID: '1.2.abc' },
      { ...study, QueryRetrieveLevel: 'SERIES', SeriesTime: 'noon' },
    ];
    const refused = await world.pynetdicomEach(wrong.map((identifier) => asking(identifier)));
    expect(refused.map(({ answers }) => answers.map(({ status }) => status))).toEqual(wrong.map(() => [0xa900]));
  });

  it('tells of more than a page, and ends where it is cancelled', async () => {
    const identifier = { QueryRetrieveLevel: 'STUDY', StudyInstanceUID: '', PatientID: '3003' };
    const identity = await clinician('H001');
    const all = await find(identifier, { identity });
    expect(new Set(studiesIn(all))).toEqual(new Set(many.map(({ studyUid }) => studyUid)));
    const { studyUid: StudyInstanceUID, seriesUid: SeriesInstanceUID } = large;
    const images = { QueryRetrieveLevel: 'IMAGE', StudyInstanceUID, SeriesInstanceUID, SOPInstanceUID: '' };
    const { answers } = await find(images, { cancelAfter: 3 });
    expect(answers.at(-1)?.status).toBe(0xfe00);
    expect(answers.length).toBeLessThan(large.uids.length);
  });
});
