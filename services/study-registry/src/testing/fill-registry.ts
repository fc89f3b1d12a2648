import { ctSeries, fileOf } from '@yinglian/testing';
import { DecidingSteward } from './deciding-steward.js';
import { HospitalGateway } from './hospital-gateway.js';
import { packOf } from './pack-of.js';
import { type RegistryService, StudyArrivingV1 } from './registry-service.js';
import { type TestStudy, testStudy } from './test-study.js';

/** The same instance with other bytes. */
const changed = (file: Buffer, letter: string) =>
  Buffer.from(file.toString('latin1').replace(/Series (?=\d)/, `Serie${letter} `), 'latin1');

/** One study is withdrawn and held, of the other a series, and an image that is restored again. */
async function decide(registry: RegistryService, one: TestStudy, other: TestStudy) {
  const steward = new DecidingSteward(registry);
  const part = { seriesInstanceUid: `${other.studyUid}.1` };
  const answers = [
    await steward.withdraw(one.studyUid),
    await steward.restore(one.studyUid),
    await steward.decide(one.studyUid, { decision: 'hold' }),
    await steward.withdraw(one.studyUid, { reason: '113001' }),
    await steward.withdraw(one.studyUid, {
      seriesInstanceUid: `${one.studyUid}.2`,
      sopInstanceUid: `${one.studyUid}.2.1`,
    }),
    await steward.withdraw(other.studyUid, { ...part, sopInstanceUid: `${other.studyUid}.1.1` }),
    await steward.restore(other.studyUid, { ...part, sopInstanceUid: `${other.studyUid}.1.1` }),
    await steward.withdraw(other.studyUid, part),
  ];
  for (const { status } of answers) if (status !== 200) throw new Error(`A decision was answered ${status}`);
}

/** Of everything that is registered: two hospitals, duplicates, versions kept aside, a study that another hospital announced. Returns digests in the order of commits. */
export async function fillRegistry(registry: RegistryService): Promise<string[]> {
  const digests: string[] = [];
  const store = async (hospital: string, ...files: Buffer[]) => {
    digests.push((await registry.store(hospital, files)).digest);
  };
  const announce = (hospital: string, { studyUid }: TestStudy, id: string) =>
    registry.publish(StudyArrivingV1, {
      hospital,
      studyInstanceUid: studyUid,
      patient: { hospital, issuer: 'RIS', id },
      studyDate: '20260105',
      studyTime: '081500',
      accessionNumber: 'A1',
      modality: 'CT',
      bodyPart: 'CHEST',
      description: 'As announced',
      arrivedAt: '2026-11-24T08:00:00.000Z',
    });
  const one = testStudy({ patientId: 'P1', patientName: 'Wang^Xiaodong=王^小东', description: 'Thorax' }, 3);
  const [first = Buffer.alloc(0), second = Buffer.alloc(0), third = Buffer.alloc(0)] = one.files;
  // Whose digest is greater comes first: the order of the store's list is not the one of the commits.
  const versions = ['a', 'b'].map((letter) => changed(first, letter));
  const [early = first, late = first] = versions.sort((a, b) =>
    packOf('H001', [a]).digest < packOf('H001', [b]).digest ? 1 : -1,
  );
  await store('H001', early);
  await store('H001', late);
  await store('H001', second);
  await store('H002', second);
  await store('H002', third);
  await store('H001', third);
  await store('H002', late);

  const announced = testStudy({ patientId: 'P2', patientName: 'Li^Na', description: 'As sent' }, 2);
  const [theirs = Buffer.alloc(0), other = Buffer.alloc(0)] = announced.files;
  await announce('H002', announced, 'P2-of-RIS');
  await store('H001', theirs);
  await store('H002', theirs);
  await store('H002', other);

  for (const hospital of ['H001', 'H003']) await store(hospital, ...testStudy({ patientId: 'P3' }).files);
  await decide(registry, one, announced);
  await announce('H003', testStudy(), 'P4');

  const gateway = new HospitalGateway(registry);
  const [pulled, kept] = [
    await gateway.keep(ctSeries(1).slices.map(fileOf)),
    await gateway.keep(ctSeries(2).slices.map(fileOf)),
  ];
  await gateway.bring(pulled);
  digests.push(pulled.digest, kept.digest);
  return digests;
}
