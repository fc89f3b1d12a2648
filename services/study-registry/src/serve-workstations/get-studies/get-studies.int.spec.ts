import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ParsedHeader, parseHeader } from '@yinglian/dicom';
import { dataSetOf, machineHas, runProgram, storableFiles } from '@yinglian/testing';
import { CT, MR, oddStudy } from '../testing/odd-study.js';
import { type Association, WorkstationWorld } from '../testing/workstation-world.js';

const STUDY_ROOT = '1.2.840.10008.5.1.4.1.2.2.3';
const PATIENT_ROOT = '1.2.840.10008.5.1.4.1.2.1.3';
const EXPLICIT = '1.2.840.10008.1.2.1';
const IMPLICIT = '1.2.840.10008.1.2';
const JPEG_2000 = '1.2.840.10008.1.2.4.90';
const isGrey = ({ dataSet }: ParsedHeader) => dataSet.uint16('x00280002') === 1;
const pixelsOf = (file: Buffer) => {
  const { pixelData } = parseHeader(file);
  return file.subarray(pixelData?.offset, (pixelData?.offset ?? 0) + (pixelData?.length ?? 0));
};
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

(machineHas('dcmtk', 'pydicom') ? describe : describe.skip)('C-GET of workstations', () => {
  const study = oddStudy([CT, CT, MR, CT], '1001', 300_000);
  const foreign = oddStudy([CT, CT], '2002');
  let world: WorkstationWorld;

  beforeAll(async () => {
    world = await WorkstationWorld.start();
    await world.registry.store('H001', study.files);
    await world.registry.store('H002', foreign.files);
  });
  afterAll(() => world.stop());

  const get = (studyUid: string, more: Partial<Association> = {}): Association => ({
    calling: 'PLAIN1',
    operation: 'get',
    model: STUDY_ROOT,
    identifier: { QueryRetrieveLevel: 'STUDY', StudyInstanceUID: studyUid },
    contexts: [
      [CT, [IMPLICIT, EXPLICIT]],
      [MR, [EXPLICIT]],
    ],
    ...more,
  });
  const recordedOf = async (subject: string) =>
    (await world.registry.events('audit')).filter((event) => event.subject === subject).map(({ data }) => data);
  const dataSetsOf = (files: readonly Buffer[]) => files.map((file) => sha256(dataSetOf(file)));

  it('gives getscu every data set as it was received', async () => {
    const folder = join(world.folder, 'got');
    await mkdir(folder);
    const keys = ['-k', 'QueryRetrieveLevel=STUDY', '-k', `StudyInstanceUID=${study.studyUid}`];
    const { code } = await world.plainly('getscu', 'PLAIN1', ['-S', '+B', '-od', folder, ...keys]);
    const files = await Promise.all((await readdir(folder)).sort().map((name) => readFile(join(folder, name))));
    expect([code, dataSetsOf(files).sort()]).toEqual([0, dataSetsOf(study.files).sort()]);
  });

  it('gives them over TLS, and counts in each answer what is to come and what came', async () => {
    const [outcome] = await world.pynetdicomEach([
      get(study.studyUid, { calling: 'H1WS', certificate: world.certificates.H1WS }),
    ]);
    expect(outcome?.stored.map(({ sha256: digest, syntax }) => [digest, syntax])).toEqual(
      dataSetsOf(study.files).map((digest) => [digest, EXPLICIT]),
    );
    expect(
      outcome?.answers.map(({ status, remaining, completed, failed, warning }) => [
        status,
        remaining,
        completed,
        failed,
        warning,
      ]),
    ).toEqual([
      [0xff00, 3, 1, 0, 0],
      [0xff00, 2, 2, 0, 0],
      [0xff00, 1, 3, 0, 0],
      [0, null, 4, 0, 0],
    ]);
    expect(await recordedOf('workstation:H1WS')).toMatchObject([
      {
        action: 'study.retrieve',
        studyInstanceUid: study.studyUid,
        decision: { outcome: 'permit', code: 'HOME_HOSPITAL' },
      },
    ]);
  });

  it('names the instances for which there is no presentation context, and writes others in implicit VR', async () => {
    const [without, implicit, none, one] = await world.pynetdicomEach([
      get(study.studyUid, { contexts: [[CT, [EXPLICIT]]] }),
      get(study.studyUid, {
        contexts: [
          [CT, [IMPLICIT]],
          [MR, [EXPLICIT]],
        ],
      }),
      get(study.studyUid, { contexts: [[MR, [JPEG_2000]]] }),
      get(study.studyUid, {
        model: PATIENT_ROOT,
        identifier: {
          QueryRetrieveLevel: 'IMAGE',
          PatientID: '1001',
          StudyInstanceUID: study.studyUid,
          SeriesInstanceUID: study.seriesUid,
          SOPInstanceUID: study.uids.slice(1, 3),
        },
      }),
    ]);
    expect(without?.answers.at(-1)).toMatchObject({
      status: 0xb000,
      completed: 3,
      failed: 1,
      dataSet: { '00080058': { vr: 'UI', Value: [study.uids[2]] } },
    });
    expect(implicit?.stored.map(({ syntax }) => syntax)).toEqual([IMPLICIT, IMPLICIT, EXPLICIT, IMPLICIT]);
    expect(implicit?.answers.at(-1)).toMatchObject({ status: 0, completed: 4 });
    expect(none?.answers.at(-1)).toMatchObject({
      status: 0xa702,
      completed: 0,
      failed: 4,
      dataSet: { '00080058': { Value: study.uids } },
    });
    expect(one?.stored.map(({ uid }) => uid)).toEqual(study.uids.slice(1, 3));
  });

  it('gives compressed images as they are to who wants them first', async () => {
    const file = storableFiles().find(({ transferSyntaxUid }) => transferSyntaxUid === JPEG_2000);
    if (file === undefined) throw new Error('There is no JPEG 2000 file');
    await world.registry.store('H001', [file.bytes]);
    const found = await world.registry.find('/studies', { hospital: 'H001' });
    const uids = found.map((each) => String(each['0020000D']?.Value?.[0])).filter((uid) => uid !== study.studyUid);
    const contexts: Association['contexts'] = [[file.sopClassUid, [JPEG_2000, EXPLICIT]]];
    const [outcome] = await world.pynetdicomEach([get(uids[0] ?? '', { contexts })]);
    expect(outcome?.stored).toEqual([{ uid: file.sopInstanceUid, syntax: JPEG_2000, sha256: file.dataSetSha256 }]);
  });

  it.each([
    ['dcmdrle', '1.2.840.10008.1.2.5'],
    ['dcmdjpls', '1.2.840.10008.1.2.4.80'],
  ])('gives who takes nothing compressed the pixels that %s finds', async (decompress, syntax) => {
    const compressed = storableFiles().find(
      ({ transferSyntaxUid, bytes }) => transferSyntaxUid === syntax && isGrey(parseHeader(bytes)),
    );
    if (compressed === undefined) throw new Error(`There is no grey file in ${syntax}`);
    await world.registry.store('H001', [compressed.bytes]);
    const [instance] = await world.registry.find(`/instances?SOPInstanceUID=${compressed.sopInstanceUid}`);
    const studyUid = String(instance?.['0020000D']?.Value?.[0]);
    const folder = await mkdtemp(join(world.folder, 'plain-'));
    const [original, expected] = [join(folder, 'original'), join(folder, 'expected')];
    await writeFile(original, compressed.bytes);
    expect(await runProgram(decompress, ['+ti', original, expected])).toMatchObject({ code: 0 });
    const got = join(folder, 'got');
    await mkdir(got);
    const keys = ['-k', 'QueryRetrieveLevel=STUDY', '-k', `StudyInstanceUID=${studyUid}`];
    const { code } = await world.plainly('getscu', 'PLAIN1', ['-S', '+B', '-od', got, ...keys]);
    expect(code).toBe(0);
    const [name = ''] = await readdir(got);
    const [given, found] = await Promise.all([readFile(join(got, name)), readFile(expected)]);
    expect(parseHeader(given).transferSyntaxUid).toBe(EXPLICIT);
    expect(pixelsOf(given).equals(pixelsOf(found))).toBe(true);
    const contexts: Association['contexts'] = [[compressed.sopClassUid, [IMPLICIT]]];
    const [implicit] = await world.pynetdicomEach([get(studyUid, { contexts })]);
    expect(implicit?.stored).toMatchObject([{ uid: compressed.sopInstanceUid, syntax: IMPLICIT }]);
  });

  it('ends where it is cancelled, and knows nothing of a study that is not there', async () => {
    const [cancelled, absent, wrong] = await world.pynetdicomEach([
      get(study.studyUid, { cancelAfter: 1, slow: 0.3 }),
      get('1.2.3.4'),
      get('1.2.x'),
    ]);
    const last = cancelled?.answers.at(-1);
    expect([last?.status, (last?.completed ?? 0) + (last?.remaining ?? 0), last?.failed]).toEqual([0xfe00, 4, 0]);
    expect(cancelled?.stored).toHaveLength(last?.completed ?? 0);
    expect(last?.remaining).toBeGreaterThan(0);
    expect(absent?.answers).toMatchObject([{ status: 0, completed: 0, failed: 0 }]);
    expect(wrong?.answers).toMatchObject([{ status: 0xa900 }]);
  });

  it('opens nothing of another hospital without a treating relationship, and records that', async () => {
    const primary = await world.registry.issuer.personToken({
      subject: 'dr.chen',
      roles: ['clinician'],
      hospital: 'H001',
    });
    const outcomes = await world.pynetdicomEach([
      get(foreign.studyUid),
      get(foreign.studyUid, { identity: { type: 5, primary } }),
    ]);
    expect(outcomes.map(({ answers, stored }) => [answers, stored])).toEqual(
      ['ACCESS_DENIED', 'ACCESS_REASON_NEEDED'].map((comment) => [
        [{ status: 0xa702, comment, remaining: null, completed: 0, failed: 1, warning: 0, dataSet: {} }],
        [],
      ]),
    );
    const refused = [{ action: 'study.retrieve', studyInstanceUid: foreign.studyUid, decision: { outcome: 'deny' } }];
    expect((await recordedOf('workstation:PLAIN1')).slice(-1)).toMatchObject(refused);
    expect(await recordedOf('dr.chen')).toMatchObject(refused);
  });
});
