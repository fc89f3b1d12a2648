import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '@yinglian/contracts';
import { machineHas } from '@yinglian/testing';
import { type Asked, WorkstationWorld } from '../testing/workstation-world.js';

const ANYTHING: Asked = {
  operation: 'find',
  model: '1.2.840.10008.5.1.4.1.2.2.1',
  identifier: { QueryRetrieveLevel: 'STUDY', StudyInstanceUID: '1.2.3' },
};
const CALLING_UNKNOWN = [1, 1, 3];
const USER_REFUSED = [1, 2, 1];

(machineHas('dcmtk', 'pydicom') ? describe : describe.skip)('who may associate as a workstation', () => {
  let world: WorkstationWorld;
  beforeAll(async () => {
    world = await WorkstationWorld.start();
  });
  afterAll(() => world.stop());

  const token = (hospital: string | null, subject = 'dr.chen', roles: Role[] = ['clinician']) =>
    world.registry.issuer.personToken({ subject, roles, hospital });

  it('is who proves it by the certificate that is registered for the AE title, and without TLS who is let', async () => {
    const { H1WS, H2WS, stranger } = world.certificates;
    const outcomes = await world.pynetdicomEach([
      { ...ANYTHING, calling: 'H1WS', certificate: H1WS },
      { ...ANYTHING, calling: 'H1WS', certificate: H2WS },
      { ...ANYTHING, calling: 'H1WS', certificate: stranger },
      { ...ANYTHING, calling: 'NOBODY', certificate: H1WS },
      { ...ANYTHING, calling: 'H1WS', certificate: H1WS, called: 'ANOTHER' },
      { ...ANYTHING, calling: 'H1WS' },
      { ...ANYTHING, calling: 'PLAIN1' },
      { ...ANYTHING, calling: 'PLAIN1', certificate: H1WS },
    ]);
    expect(outcomes.map(({ rejected, answers }) => rejected ?? answers.map(({ status }) => status))).toEqual([
      [0],
      CALLING_UNKNOWN,
      CALLING_UNKNOWN,
      CALLING_UNKNOWN,
      [1, 1, 7],
      CALLING_UNKNOWN,
      [0],
      CALLING_UNKNOWN,
    ]);
  });

  it('has a valid user of its own hospital’s staff, or none', async () => {
    const own = await token('H001');
    const service = await world.registry.issuer.serviceToken({ clientId: 'x', scopes: [], hospital: 'H001' });
    const identities = [
      { type: 5, primary: own },
      { type: 2, primary: 'dr.chen', secondary: own },
      { type: 2, primary: 'dr.li', secondary: own },
      { type: 1, primary: 'dr.chen' },
      { type: 3, primary: own },
      { type: 5, primary: 'nonsense' },
      { type: 5, primary: await token('H002') },
      { type: 5, primary: await token(null) },
      { type: 5, primary: service },
      { type: 5, primary: await token('H001', 'patient', ['patient']) },
    ];
    const outcomes = await world.pynetdicomEach(
      identities.map((identity) => ({ ...ANYTHING, calling: 'PLAIN1', identity })),
    );
    expect(outcomes.map(({ rejected, identityTaken }) => rejected ?? identityTaken)).toEqual([
      true,
      true,
      ...identities.slice(2).map(() => USER_REFUSED),
    ]);
  });
});
