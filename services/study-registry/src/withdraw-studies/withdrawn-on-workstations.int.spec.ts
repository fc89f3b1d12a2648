import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { machineHas } from '@yinglian/testing';
import { CT, oddStudy } from '../serve-workstations/testing/odd-study.js';
import { type Association, WorkstationWorld } from '../serve-workstations/testing/workstation-world.js';
import { DecidingSteward } from '../testing/deciding-steward.js';

const FIND = '1.2.840.10008.5.1.4.1.2.2.1';
const PATIENTS = '1.2.840.10008.5.1.4.1.2.1.1';
const GET = '1.2.840.10008.5.1.4.1.2.2.3';
const EXPLICIT = '1.2.840.10008.1.2.1';

(machineHas('dcmtk', 'pydicom') ? describe : describe.skip)('what is withdrawn', () => {
  const study = oddStudy([CT, CT], '1001');
  let world: WorkstationWorld;
  beforeAll(async () => {
    world = await WorkstationWorld.start();
    await world.registry.store('H001', study.files);
  });
  afterAll(() => world.stop());

  const query = (QueryRetrieveLevel: string, keys: Record<string, string>): Association => ({
    calling: 'PLAIN1',
    operation: 'find',
    model: QueryRetrieveLevel === 'PATIENT' ? PATIENTS : FIND,
    identifier: { QueryRetrieveLevel, ...keys },
  });
  /** C-MOVE chooses what it sends as C-GET does. */
  const retrieval = (): Association => ({
    calling: 'PLAIN1',
    operation: 'get',
    model: GET,
    identifier: { QueryRetrieveLevel: 'STUDY', StudyInstanceUID: study.studyUid },
    contexts: [[CT, [EXPLICIT]]],
  });

  it('is found by no workstation and sent to none, and again once it is restored', async () => {
    const asked = [
      query('STUDY', { StudyInstanceUID: study.studyUid }),
      query('SERIES', { StudyInstanceUID: study.studyUid, SeriesInstanceUID: '' }),
      query('PATIENT', { PatientID: '1001' }),
      retrieval(),
    ];
    const outcomes = async () =>
      (await world.pynetdicomEach(asked)).map(({ answers, stored }) => [
        answers.filter(({ dataSet }) => dataSet !== null).length,
        stored.length,
        answers.at(-1)?.status,
        answers.at(-1)?.failed ?? 0,
      ]);
    const before = await outcomes();
    expect(before).toEqual([
      [1, 0, 0, 0],
      [1, 0, 0, 0],
      [1, 0, 0, 0],
      [0, 2, 0, 0],
    ]);
    const steward = new DecidingSteward(world.registry);
    await steward.withdraw(study.studyUid);
    expect(await outcomes()).toEqual([
      [0, 0, 0, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ]);
    await steward.restore(study.studyUid);
    expect(await outcomes()).toEqual(before);
  });
});
