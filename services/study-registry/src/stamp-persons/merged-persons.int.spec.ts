import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type EventData, PersonLinkedV1 } from '@yinglian/contracts';
import { ConsentWithdrawnV1, PersonsMergedV1, PersonsSplitV1, RegistryService } from '../testing/registry-service.js';
import { testStudy } from '../testing/test-study.js';

const AT = '2026-11-29T08:00:00.000Z';
const HOSPITALS = ['H001', 'H002', 'H003'] as const;
let patients = 0;

/** Three patients of three hospitals, with a study each, of whom the index says who is one with whom. */
describe('studies of persons who are merged and split', () => {
  let registry: RegistryService;
  let a: string;
  let b: string;
  let c: string;
  let locals: string[];
  let studies: string[];

  const merged = (personId: string, survivorPersonId: string, version: number): EventData<typeof PersonsMergedV1> => ({
    personId,
    survivorPersonId,
    version,
    mergedAt: AT,
  });
  const merge = (...told: EventData<typeof PersonsMergedV1>[]) => registry.publish(PersonsMergedV1, ...told);
  const split = (personId: string, fromPersonId: string, version: number) =>
    registry.publish(PersonsSplitV1, { personId, fromPersonId, version, splitAt: AT });
  /** The patient of the hospital with this number belongs to the person now. */
  const link = (number: 0 | 1 | 2, personId: string, version: number) =>
    registry.link(HOSPITALS[number], locals[number] ?? '', personId, version);

  const timeline = async (personId: string, hospital: string) =>
    (await registry.get(`/api/study-registry/persons/${personId}/studies`, '*/*', { hospital })).body.toString();
  const found = (personId: string) => registry.find(`/studies?PatientID=${personId}`, { hospital: 'H003' });
  const foundUids = async (personId: string) =>
    (await found(personId)).map((study) => study['0020000D']?.Value?.[0]).sort();
  /** All that is answered about the three, as it goes over the wire. */
  const look = async () => {
    const answers: string[] = [];
    for (const person of [a, b, c]) {
      for (const hospital of HOSPITALS) answers.push(await timeline(person, hospital));
      answers.push((await registry.get(`/dicom-web/studies?PatientID=${person}`)).body.toString());
    }
    for (const study of studies) {
      const { status, body } = await registry.get(`/dicom-web/studies/${study}/metadata`);
      answers.push(`${status} ${status === 200 ? body.toString() : ''}`);
    }
    return answers;
  };

  beforeAll(async () => {
    registry = await RegistryService.start();
  });
  afterAll(() => registry.stop());
  beforeEach(async () => {
    patients += 1;
    const idOf = (letter: string) => `P01KC${letter}${String(patients).padStart(21, '0')}`;
    [a, b, c] = [idOf('A'), idOf('B'), idOf('C')];
    locals = HOSPITALS.map((hospital) => `L${patients}.${hospital}`);
    studies = [];
    for (const [n, hospital] of HOSPITALS.entries()) {
      const study = testStudy({ patientId: locals[n] ?? '', studyDate: `2026010${n + 1}` });
      await registry.store(hospital, study.files);
      studies.push(study.studyUid);
    }
    const patient = { hospital: 'H001', issuer: '', id: locals[0] ?? '' };
    // The first link is one that was told before there were merges.
    await registry.publish(PersonLinkedV1, { personId: a, patient, rule: 'RESIDENT_ID', version: 1, linkedAt: AT });
    await link(1, b, 1);
    await link(2, c, 1);
  });

  it('are found by either person while the two are one, and are afterwards what they were, byte for byte', async () => {
    const before = await look();
    await merge(merged(a, b, 1));
    await link(0, b, 2);
    expect(await foundUids(a)).toEqual(studies.slice(0, 2).sort());
    expect(await found(a)).toEqual(await found(b));
    expect((await found(a)).map((study) => study['00100020']?.Value)).toEqual([[b], [b]]);
    for (const hospital of HOSPITALS) expect(await timeline(a, hospital)).toBe(await timeline(b, hospital));
    expect(JSON.parse(await timeline(a, 'H001')).items.map(({ mayOpen }: { mayOpen: boolean }) => mayOpen)).toEqual([
      true,
      true,
    ]);
    await split(a, b, 2);
    await link(0, a, 3);
    expect(await look()).toEqual(before);
  });

  it('are found by either while only one of the two events has come', async () => {
    await merge(merged(a, b, 1));
    expect(await foundUids(b)).toEqual(studies.slice(0, 2).sort());
    await merge(merged(c, b, 1));
    await link(0, b, 2);
    expect([await foundUids(a), await foundUids(c)]).toEqual([[...studies].sort(), [...studies].sort()]);
  });

  it('stay where the highest versions put them, when lower ones come later or again', async () => {
    const before = await look();
    await split(a, b, 2);
    await link(0, a, 3);
    await merge(merged(a, b, 1), merged(a, b, 1));
    await link(0, b, 2);
    expect(await look()).toEqual(before);
  });

  it('follow a chain of merges and its undoing', async () => {
    await merge(merged(a, b, 1));
    await link(0, b, 2);
    const beforeSecond = await look();
    // B leads into C, told of whoever comes first.
    await merge(merged(a, c, 2));
    await link(0, c, 3);
    await link(1, c, 2);
    await merge(merged(b, c, 1));
    for (const person of [a, b, c]) expect(await foundUids(person)).toEqual([...studies].sort());
    await split(b, c, 2);
    await merge(merged(a, b, 3));
    await link(1, b, 3);
    await link(0, b, 4);
    expect(await look()).toEqual(beforeSecond);
  });

  it('are closed by what the one who was merged has objected to, whoever stands for them', async () => {
    await registry.publish(ConsentWithdrawnV1, {
      consentId: `6f1d8a5e-8f5b-4a0e-9d55-${String(patients).padStart(12, '0')}`,
      personId: a,
      scope: { kind: 'person' },
      withdrawnAt: AT,
    });
    const before = await look();
    expect(await foundUids(b)).toEqual([studies[1]]);
    await merge(merged(a, b, 1));
    await link(0, b, 2);
    // H003 has made none of the two, and may know of none.
    expect([await foundUids(a), await foundUids(b)]).toEqual([[], []]);
    expect(JSON.parse(await timeline(b, 'H002')).items).toEqual([
      expect.objectContaining({ studyInstanceUid: studies[1], mayOpen: true }),
    ]);
    await split(a, b, 2);
    await link(0, a, 3);
    expect(await look()).toEqual(before);
  });
});
