import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DicomJson, type InstanceSummary, parseHeader, summarise } from '@yinglian/dicom';
import { multipart, part10, smallInstance } from '@yinglian/testing';
import { RegistryService, StudyArrivingV1 } from '../testing/registry-service.js';

/** What stands in columns of studies and series, by their tags. */
const COLUMNS = {
  524320: 'study_date',
  524336: 'study_time',
  524368: 'accession_number',
  524416: 'institution',
  524432: 'referring_physician',
  528432: 'description',
  1048592: 'patient_name',
  1048608: 'patient_id',
  1048609: 'patient_issuer',
  1048624: 'patient_birth_date',
  1048640: 'patient_sex',
  2097168: 'study_id',
} as const;
const OF_SERIES = [0x00080021, 0x00080031, 0x00080060, 0x0008103e, 0x00180015, 0x00200011];
const TOLD = [0x00080201, 0x00101000, 0x00101040, 0x00102154, 0x00104000];

describe('an image whose texts have NUL characters', () => {
  let registry: RegistryService;
  beforeAll(async () => {
    registry = await RegistryService.start();
  });
  afterAll(() => registry.stop());

  const strange = (tags: readonly number[], said: string) => {
    const instance = smallInstance({ overrides: Object.fromEntries(tags.map((tag) => [tag, said])) });
    return { ...instance, file: part10(instance.sopClassUid, instance.sopInstanceUid, instance.dataSet) };
  };
  const rowOf = async (studyUid: string) => {
    const [row] = await registry.database.query<Record<string, unknown>>('SELECT * FROM studies WHERE study_uid = $1', [
      studyUid,
    ]);
    return row ?? {};
  };
  const instanceOf = ({ studyInstanceUid, seriesInstanceUid, sopInstanceUid }: InstanceSummary) =>
    `/dicom-web/studies/${studyInstanceUid}/series/${seriesInstanceUid}/instances/${sopInstanceUid}`;

  it.each([...Object.keys(COLUMNS).map(Number), ...OF_SERIES, ...TOLD])(
    'is stored by STOW-RS and as a pack, and comes back as it is: %d',
    async (tag) => {
      const [stowed, packed] = [strange([tag], '1\0'.repeat(3)), strange([tag], '1\0'.repeat(3))];
      expect((await registry.stow(Buffer.from(multipart([stowed.file])))).status).toBe(200);
      await registry.store('H001', [packed.file]);
      for (const { file } of [stowed, packed]) {
        const summary = summarise(parseHeader(file));
        const { status, body } = await registry.get(instanceOf(summary), 'application/dicom; transfer-syntax=*');
        expect([status, body.equals(file)]).toEqual([200, true]);
      }
    },
  );

  it('has a replacement character in its rows, by which it is found, and its metadata say what it says', async () => {
    const tags = Object.keys(COLUMNS).map(Number);
    const said = strange(tags, '7\0x');
    await registry.store('H001', [said.file]);
    const row = await rowOf(said.studyInstanceUid);
    expect(Object.values(COLUMNS).map((column) => row[column])).toEqual(tags.map(() => '7\uFFFDx'));
    const [found] = await registry.find('/studies?AccessionNumber=7%EF%BF%BDx&PatientID=7%EF%BF%BDx');
    expect(found?.['0020000D']?.Value).toEqual([said.studyInstanceUid]);
    const metadata = await registry.get(`/dicom-web/studies/${said.studyInstanceUid}/metadata`);
    expect(metadata.json.map((instance: DicomJson) => instance['00081030']?.Value)).toEqual([['7\0x']]);
  });

  it('may be one of a patient of whom events told', async () => {
    const studyInstanceUid = `1.2.826.0.1.3680043.10.1561.4.${Date.now()}`;
    await registry.publish(StudyArrivingV1, {
      hospital: 'H001',
      studyInstanceUid,
      patient: { hospital: 'H001', issuer: '', id: 'N\x001' },
      studyDate: '',
      studyTime: '',
      accessionNumber: '1\x001',
      modality: 'CT',
      bodyPart: '',
      description: 'half a pair \ud800',
      arrivedAt: '2026-11-24T08:00:00.000Z',
    });
    const personId = `P${'0'.repeat(26)}`;
    await registry.link('H001', 'N\x001', personId);
    expect(await rowOf(studyInstanceUid)).toMatchObject({
      patient_id: 'N\uFFFD1',
      person_id: personId,
      accession_number: '1\uFFFD1',
      description: 'half a pair \uFFFD',
    });
  });
});
