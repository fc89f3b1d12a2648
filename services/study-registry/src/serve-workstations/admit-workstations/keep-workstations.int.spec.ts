import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CertificateFiles, machineHas, until } from '@yinglian/testing';
import { CT, oddStudy } from '../testing/odd-study.js';
import { type Asked, fingerprintOf, WorkstationWorld } from '../testing/workstation-world.js';

const NOT_AUTHORIZED = 0x0124;
const OUT_OF_RESOURCES = 0xa700;
const REFUSED = /Calling AE Title Not Recognized/;

(machineHas('dcmtk', 'pydicom') ? describe : describe.skip)('which workstations there are', () => {
  const study = oddStudy([CT], '1001');
  let world: WorkstationWorld;
  beforeAll(async () => {
    world = await WorkstationWorld.start();
    await world.registry.store('H001', study.files);
  });
  afterAll(() => world.stop());

  const echo = async (aeTitle: string, certificate: CertificateFiles) => {
    const { code, output } = await world.overTls('echoscu', aeTitle, certificate);
    if (code !== 0 && !REFUSED.test(output)) throw new Error(output);
    return code === 0;
  };
  const query: Asked = {
    operation: 'find',
    model: '1.2.840.10008.5.1.4.1.2.2.1',
    identifier: { QueryRetrieveLevel: 'STUDY', StudyInstanceUID: study.studyUid },
  };

  /** Resolves once it is associated, with what lets it ask then. */
  const associated = async (calling: string) => {
    const holds = join(world.folder, calling);
    const held = world.pynetdicom({ ...query, calling, holds });
    await until(() => existsSync(`${holds}.open`));
    return async () => {
      await writeFile(holds, '');
      return held;
    };
  };

  it('is what the directory told last, without a restart', async () => {
    const { H1WS, stranger } = world.certificates;
    const admitted = async () => [await echo('READ1', H1WS), await echo('READ1', stranger)];
    const told = { aeTitle: 'READ1', hospital: 'H001' };
    const outcomes = [await admitted()];
    await world.tell({ ...told, certificates: [await fingerprintOf(stranger)] });
    outcomes.push(await admitted());
    await world.tell({ ...told, certificates: [await fingerprintOf(H1WS)] });
    outcomes.push(await admitted());
    await world.tellRemoved('READ1');
    outcomes.push(await admitted());
    await world.tell({ ...told, certificates: [await fingerprintOf(H1WS)] });
    outcomes.push(await admitted());
    expect(outcomes).toEqual([
      [false, false],
      [false, true],
      [true, false],
      [false, false],
      [true, false],
    ]);
  });

  it('is asked before each request: one that is removed gets nothing more on the association that it has', async () => {
    await world.tell({ aeTitle: 'READ2', hospital: 'H001', plain: true });
    const goOn = await associated('READ2');
    await world.tellRemoved('READ2');
    const { rejected, answers } = await goOn();
    expect([rejected, answers]).toMatchObject([
      null,
      [{ status: NOT_AUTHORIZED, comment: 'AUTHENTICATION_REQUIRED', dataSet: null }],
    ]);
  });

  it('says whose it is: an AE title that went to another hospital finds what that one made', async () => {
    const found = async () =>
      (await world.pynetdicom({ ...query, calling: 'MOVES' })).answers.filter(({ dataSet }) => dataSet !== null).length;
    await world.tell({ aeTitle: 'MOVES', hospital: 'H001', plain: true });
    const before = await found();
    await world.tell({ aeTitle: 'MOVES', hospital: 'H002', plain: true });
    expect([before, await found()]).toEqual([1, 0]);
  });

  it('is not guessed while PostgreSQL is away: who comes is told to come later, who is there that nothing can be decided', async () => {
    await world.tell({ aeTitle: 'STAYS', hospital: 'H001', plain: true });
    const goOn = await associated('STAYS');
    await world.registry.postgres.server.stop();
    const { answers } = await goOn();
    const { output } = await world.plainly('echoscu', 'PLAIN1');
    expect([answers, output]).toMatchObject([
      [{ status: OUT_OF_RESOURCES, comment: 'UNAVAILABLE', dataSet: null }],
      expect.stringMatching(/Temporary Congestion/),
    ]);
  });
});
