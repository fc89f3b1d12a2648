import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { machineHas } from '@yinglian/testing';
import { BreakGlassClosedV1, BreakGlassOpenedV1, ConsentWithdrawnV1 } from '../../testing/registry-service.js';
import { CT, oddStudy } from '../testing/odd-study.js';
import { WorkstationWorld } from '../testing/workstation-world.js';

const FIND = '1.2.840.10008.5.1.4.1.2.2.1';
const GET = '1.2.840.10008.5.1.4.1.2.2.3';
const EXPLICIT = '1.2.840.10008.1.2.1';
const PERSON = 'P01KB0000000000000000000054';
const AT = '2026-12-04T08:00:00.000Z';

(machineHas('pydicom') ? describe : describe.skip)('a closed study at a workstation', () => {
  const closed = oddStudy([CT], '3003');
  let world: WorkstationWorld;

  beforeAll(async () => {
    world = await WorkstationWorld.start();
    await world.registry.store('H001', closed.files);
    await world.registry.link('H001', '3003', PERSON);
    const scope = { kind: 'person' as const };
    await world.registry.publish(ConsentWithdrawnV1, {
      consentId: randomUUID(),
      personId: PERSON,
      scope,
      withdrawnAt: AT,
    });
  }, 180_000);
  afterAll(() => world.stop());

  /** Studies that C-FIND shows and images that C-GET gives to a clinician of H002. */
  const seenBy = async (subject: string) => {
    const primary = await world.registry.issuer.personToken({ subject, roles: ['clinician'], hospital: 'H002' });
    const asked = { calling: 'PLAIN2', identity: { type: 5, primary } };
    const identifier = { QueryRetrieveLevel: 'STUDY', StudyInstanceUID: closed.studyUid };
    const [found, got] = await world.pynetdicomEach([
      { ...asked, operation: 'find', model: FIND, identifier },
      { ...asked, operation: 'get', model: GET, identifier, contexts: [[CT, [EXPLICIT]]] },
    ]);
    const listed = found?.answers.filter(({ dataSet }) => dataSet !== null && '0020000D' in dataSet).length;
    return [listed, got?.stored.length, got?.answers.at(-1)?.comment];
  };

  it('is found and given by broken glass to who broke it, and to nobody after its end', async () => {
    const hidden = [0, 0, 'PATIENT_OBJECTS'];
    expect(await seenBy('dr.emergency')).toEqual(hidden);
    const breakGlassId = randomUUID();
    const about = { breakGlassId, personId: PERSON, subject: 'dr.emergency' };
    await world.registry.publish(BreakGlassOpenedV1, {
      ...about,
      hospital: 'H002',
      department: null,
      kind: 'unconscious',
      openedAt: AT,
      expiresAt: new Date(Date.now() + 7_200_000).toISOString(),
    });
    expect((await seenBy('dr.emergency')).slice(0, 2)).toEqual([1, 1]);
    expect(await seenBy('dr.colleague')).toEqual(hidden);
    await world.registry.publish(BreakGlassClosedV1, { ...about, cause: 'opener', closedAt: new Date().toISOString() });
    expect(await seenBy('dr.emergency')).toEqual(hidden);
  }, 180_000);
});
