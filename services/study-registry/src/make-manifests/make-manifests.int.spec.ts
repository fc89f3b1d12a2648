import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ctSeries, fileOf, machineHas, peerScript, peersPython, runProgram } from '@yinglian/testing';
import { type Answer, ConsentWithdrawnV1, RegistryService, StudyArrivingV1 } from '../testing/registry-service.js';
import { testStudy } from '../testing/test-study.js';

const LI = `P01KC${'XJA'.padStart(22, '0')}`;
const KEY_OBJECT_SELECTION = '1.2.840.10008.5.1.4.1.1.88.59';

describe('a manifest of a study', () => {
  let registry: RegistryService;
  let folder: string;
  const chest = ctSeries(3, 'L-1');
  const ofNobody = testStudy({ patientId: 'N-4', patientName: 'Ni<l>^No&body', accessionNumber: '' }, 2);
  const all = { chest: chest.studyInstanceUid, nobody: ofNobody.studyUid };

  beforeAll(async () => {
    registry = await RegistryService.start();
    folder = await mkdtemp(join(tmpdir(), 'yinglian-manifests-'));
    await registry.store('H001', chest.slices.map(fileOf));
    for (const file of ofNobody.files) await registry.store('H002', [file]);
    await registry.link('H001', 'L-1', LI);
  });
  afterAll(async () => {
    await registry.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const ask = (uid: string, query = '', accept = 'application/dicom', hospital = 'H001') =>
    registry.get(`/api/study-registry/studies/${uid}/manifest${query}`, accept, { hospital });
  const keep = async ({ body }: Answer, name: string) => {
    const path = join(folder, `${name}.dcm`);
    await writeFile(path, body);
    return path;
  };
  const forms = Object.keys(all).flatMap((name) => ['plain', 'described'].map((form) => [name, form] as const));
  const fileOfForm = async (name: string, form: string) =>
    keep(await ask(all[name as keyof typeof all], `?form=${form}`), `${name}-${form}`);

  (machineHas('pydicom') ? describe : describe.skip)('in DICOM', () => {
    it.each(['plain', 'described'])('%s names what dicomweb-client fetches by it, every instance', async (form) => {
      const answer = await ask(chest.studyInstanceUid, `?form=${form}`);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/dicom']);
      const token = await registry.issuer.personToken({ subject: 'dr', roles: ['clinician'], hospital: 'H001' });
      const path = await keep(answer, form);
      const { stdout, output } = await runProgram(peersPython, [peerScript('manifest-fetch.py'), path, token]);
      if (stdout === '') throw new Error(output);
      const { uid, content, ...told } = JSON.parse(stdout);
      expect(told).toEqual({
        sopClass: KEY_OBJECT_SELECTION,
        mediaStorageUid: uid,
        title: form === 'plain' ? '113030' : '131560',
        study: chest.studyInstanceUid,
        patientId: LI,
        patientName: 'Bench^Patient=测试^病人',
        otherIds: [LI, 'L-1'],
        accession: 'AL-1',
        retrieveUrls: [`${registry.address}/dicom-web`],
        locations: ['1.2.826.0.1.3680043.10.1561.2'],
        fetched: Object.fromEntries(chest.slices.map(({ sopInstanceUid }, at) => [sopInstanceUid, String(at + 1)])),
      });
      const images = chest.slices.map(({ sopInstanceUid }) => ['IMAGE', sopInstanceUid, []]);
      const library = [
        'Image Library',
        null,
        [
          ['Modality', 'CT', []],
          ['Target Region', '67734004', []],
          ['Number of Study Related Series', 1, []],
          [
            'Image Library Group',
            null,
            [
              ['Modality', 'CT', []],
              ['Series Number', '1', []],
              ['Series Instance UID', chest.seriesInstanceUid, []],
              ['Target Region', '816094009', []],
              ['Number of Series Related Instances', 3, []],
              ...chest.slices.map(({ sopInstanceUid }, at) => [
                'IMAGE',
                sopInstanceUid,
                [['Instance Number', String(at + 1), []]],
              ]),
            ],
          ],
        ],
      ];
      expect(content).toEqual(form === 'plain' ? images : [...images, library]);
    });
  });

  it('is the same as long as the study is, and another one for the next version', async () => {
    const study = testStudy({}, 2);
    const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = study.files;
    await registry.store('H001', [first]);
    const before = await ask(study.studyUid);
    expect((await ask(study.studyUid)).body.equals(before.body)).toBe(true);
    const uidOf = ({ body }: Answer) => /2\.25\.\d+/.exec(body.toString('latin1'))?.[0];
    expect(uidOf(await ask(study.studyUid, '?form=described'))).not.toBe(uidOf(before));
    await registry.store('H001', [second]);
    expect(uidOf(await ask(study.studyUid))).not.toBe(uidOf(before));
  });

  (machineHas('dcmtk') ? it : it.skip).each(forms)('of %s, %s, is read by dcmtk', async (name, form) => {
    // DCMTK does not know yet that a Key Object Selection may contain an image library (CP 2595).
    const constraints = form === 'plain' ? [] : ['-Ec', '-Er'];
    const { code, output } = await runProgram('dsrdump', [...constraints, '+Pc', await fileOfForm(name, form)]);
    expect(output).toContain(form === 'plain' ? 'Manifest' : 'Manifest with Description');
    const said = output.match(/^[EWF]: .*$/gm) ?? [];
    const unfinished = /does not support this Specific Character Set|template constraints not yet supported/;
    expect([code, said.filter((line) => !unfinished.test(line))]).toEqual([0, []]);
  });

  (machineHas('dicom3tools') ? it : it.skip).each(forms)('of %s, %s, is valid to dciodvfy', async (name, form) => {
    const { output } = await runProgram('dciodvfy', [await fileOfForm(name, form)]);
    expect(output).toContain('KeyObjectSelectionDocument');
    // Of 2022: numbers of series and of instances came with CP 2595.
    const newer = 'Error - Unrecognized enumerated value <NUM> for value 1 of attribute <Value Type>';
    const errors = output.match(/^Error - .*$/gm) ?? [];
    expect(errors.filter((line) => form === 'plain' || line !== newer)).toEqual([]);
  });

  it('in FHIR is a document as MADO wants it', async () => {
    const { json: bundle } = await ask(chest.studyInstanceUid, '', 'application/fhir+json');
    const uid = /2\.25\.\d+/.exec((await ask(chest.studyInstanceUid, '?form=described')).body.toString('latin1'))?.[0];
    expect(bundle.identifier).toEqual({ system: 'urn:ietf:rfc:3986', value: `urn:oid:${uid}` });
    const types = bundle.entry.map(({ resource }: { resource: { resourceType: string } }) => resource.resourceType);
    expect(types).toEqual(['Composition', 'ImagingStudy', 'Endpoint', 'Patient', 'Device', 'Organization']);
    const [{ resource: composition }, { resource: study }, { resource: endpoint }, { resource: patient }] =
      bundle.entry;
    expect([composition.subject.reference, study.subject.reference]).toEqual([
      `${registry.address}/fhir/Patient/${LI}`,
      `${registry.address}/fhir/Patient/${LI}`,
    ]);
    expect(study.series[0].instance.map(({ uid: one }: { uid: string }) => one)).toEqual(
      chest.slices.map(({ sopInstanceUid }) => sopInstanceUid),
    );
    expect([endpoint.address, endpoint.extension[0].valueString]).toEqual([
      `${registry.address}/dicom-web`,
      '1.2.826.0.1.3680043.10.1561.2',
    ]);
    expect(patient.name).toEqual([
      { text: 'Bench Patient', family: 'Bench', given: ['Patient'] },
      { text: '测试 病人', family: '测试', given: ['病人'] },
    ]);
  });

  describe('is for those who may find the study', () => {
    it('and is recorded as a search', async () => {
      const { status, json } = await registry.get(`/api/study-registry/studies/${all.chest}/manifest`, '*/*', {
        roles: ['administrator'],
      });
      expect([status, json.code]).toEqual([403, 'ACCESS_DENIED']);
      await ask(all.nobody);
      const last = (await registry.events('audit')).at(-1)?.data;
      expect([last?.action, last?.query, last?.studyInstanceUid]).toEqual(['study.search', ['manifest'], all.nobody]);
    });

    it('not where it is closed, not there, on its way, or wanted as something else', async () => {
      const codeOf = async (answer: Promise<Answer>) => [(await answer).status, (await answer).json.code];
      await registry.publish(ConsentWithdrawnV1, {
        consentId: '3f2b8f9e-6a0c-4c55-9d43-0d8a1f5a7b11',
        personId: LI,
        scope: { kind: 'person' },
        withdrawnAt: '2026-11-24T08:00:00.000Z',
      });
      expect(await codeOf(ask(all.chest, '', '*/*', 'H002'))).toEqual([404, 'STUDY_NOT_FOUND']);
      expect((await ask(all.chest, '', '*/*', 'H001')).status).toBe(200);
      expect(await codeOf(ask('1.2.3'))).toEqual([404, 'STUDY_NOT_FOUND']);
      expect(await codeOf(ask('x'))).toEqual([400, 'INVALID_REQUEST']);
      expect(await codeOf(ask(all.chest, '?form=other'))).toEqual([400, 'INVALID_REQUEST']);
      expect(await codeOf(ask(all.chest, '', 'image/png'))).toEqual([406, 'NOT_ACCEPTABLE']);
      await registry.publish(StudyArrivingV1, {
        hospital: 'H001',
        studyInstanceUid: '1.2.826.0.1.3680043.10.1561.9.1',
        patient: { hospital: 'H001', issuer: '', id: 'A-1' },
        studyDate: '',
        studyTime: '',
        accessionNumber: '',
        modality: 'DX',
        bodyPart: '',
        description: '',
        arrivedAt: '2026-11-24T08:00:00.000Z',
      });
      expect(await codeOf(ask('1.2.826.0.1.3680043.10.1561.9.1'))).toEqual([404, 'STUDY_ARRIVING']);
    });
  });
});
