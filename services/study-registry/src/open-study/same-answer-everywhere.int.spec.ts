import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HospitalPacs, machineHas } from '@yinglian/testing';
import { LISTENING, OneAsker, type Past } from '../serve-workstations/testing/one-asker.js';
import { WorkstationWorld } from '../serve-workstations/testing/workstation-world.js';

const FIND = '1.2.840.10008.5.1.4.1.2.2.1';
let asked = 0;

(machineHas('pydicom', 'orthanc') ? describe : describe.skip)('whether somebody may open a study', () => {
  let world: WorkstationWorld;
  let pacs: HospitalPacs;
  const after = (...pasts: readonly Past[]) => {
    asked += 1;
    return OneAsker.of(world, asked, pasts);
  };

  beforeAll(async () => {
    pacs = await HospitalPacs.start([]);
    const listening = { host: '127.0.0.1', port: pacs.dicomPort, tls: false };
    world = await WorkstationWorld.start([{ aeTitle: LISTENING, hospital: 'H002', ...listening }]);
  }, 120_000);
  afterAll(async () => {
    await world.stop();
    await pacs.stop();
  });

  it.each<[boolean, readonly Past[]]>([
    [false, []],
    [true, ['visit']],
    [false, ['visit 40 days ago']],
    [true, ['order']],
    [false, ['cancelled order']],
    [true, ['declared']],
    [true, ['referral']],
    [true, ['referral', 'restricted']],
    [false, ['cancelled referral']],
    [false, ['referral to another']],
    [false, ['referral', 'objection']],
    [true, ['a study there']],
    [false, ['a study there', 'restricted']],
    [true, ['visit', 'restricted']],
    [false, ['visit', 'very restricted']],
    [true, ['glass', 'very restricted']],
    [false, ['visit', 'order', 'declared', 'objection']],
    [false, ['visit', 'objection to it']],
    [true, ['objection', 'glass']],
    [true, ['glass']],
  ])(
    'is %s by every way in after %j',
    async (expected, pasts) => {
      const opened = await (await after(...pasts)).opened();
      expect(opened).toEqual(Object.fromEntries(Object.keys(opened).map((way) => [way, expected])));
    },
    120_000,
  );

  // A gateway is nobody who declares, breaks the glass or proves a second factor.
  it.each<[boolean, readonly Past[]]>([
    [true, ['visit']],
    [true, ['visit', 'restricted']],
    [false, ['visit', 'very restricted']],
    [false, ['visit', 'objection']],
    [false, ['visit', 'objection to it']],
    [false, ['visit', 'objection', 'glass']],
    [false, ['visit 40 days ago', 'declared']],
  ])('is what its gateway is offered too: %s after %j', async (expected, pasts) => {
    expect(await (await after(...pasts)).offered()).toBe(expected);
  });

  it('is no by every way in for a token of another role, whatever happened', async () => {
    const made = await after('visit', 'order', 'declared');
    const path = `/dicom-web/studies/${made.series.studyInstanceUid}`;
    for (const role of ['administrator', 'security-administrator', 'auditor', 'steward', 'patient'] as const) {
      const { status } = await world.registry.get(`${path}/metadata`, 'application/dicom+json', {
        ...made.doctor,
        roles: [role],
      });
      expect([role, status]).toEqual([role, 403]);
    }
    const primary = await world.registry.issuer.personToken({ ...made.doctor, roles: ['steward'] });
    const identifier = { QueryRetrieveLevel: 'STUDY', StudyInstanceUID: made.series.studyInstanceUid };
    const found = await world.pynetdicom({
      calling: 'PLAIN2',
      identity: { type: 5, primary },
      operation: 'find',
      model: FIND,
      identifier,
    });
    expect(found.answers.filter(({ dataSet }) => dataSet !== null)).toEqual([]);
  }, 60_000);
});
