import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePorts } from '@yinglian/servers';
import { dataSetOf, HospitalPacs, machineHas } from '@yinglian/testing';
import { CT, MR, oddStudy } from '../testing/odd-study.js';
import { type Association, WorkstationWorld } from '../testing/workstation-world.js';

const STUDY_ROOT = '1.2.840.10008.5.1.4.1.2.2.2';
const digests = (files: readonly Buffer[]) => files.map((file) => sha256(dataSetOf(file))).sort();
/** Resolves when somebody listens. */
const listens = async (port: number) => {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const isThere = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'close').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (isThere) return;
    await new Promise((wait) => setTimeout(wait, 50));
  }
};
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

(machineHas('dcmtk', 'pydicom', 'orthanc') ? describe : describe.skip)('C-MOVE of workstations', () => {
  const study = oddStudy([CT, CT, MR, CT], '1001', 200_000);
  const foreign = oddStudy([CT, CT], '2002');
  const large = oddStudy(Array(150).fill(CT), '1002');
  let world: WorkstationWorld;
  let securePort: number;
  let pacs: HospitalPacs;

  beforeAll(async () => {
    pacs = await HospitalPacs.start([]);
    const [nobody, tlsPort = 0] = await freePorts(2);
    securePort = tlsPort;
    const listening = { host: '127.0.0.1', port: pacs.dicomPort, tls: false };
    world = await WorkstationWorld.start(
      [
        { aeTitle: 'PACS', hospital: 'H001', ...listening },
        { aeTitle: 'ELSEWHERE', hospital: 'H002', ...listening },
        { aeTitle: 'AWAY', hospital: 'H001', ...listening, port: nobody },
      ],
      { host: '127.0.0.1', port: securePort },
    );
    await world.registry.store('H001', study.files);
    await world.registry.store('H001', large.files);
    await world.registry.store('H002', foreign.files);
  });
  afterAll(async () => {
    await world.stop();
    await pacs.stop();
  });

  const move = (destination: string, more: Partial<Association> = {}): Association => ({
    calling: 'PLAIN1',
    operation: 'move',
    model: STUDY_ROOT,
    identifier: { QueryRetrieveLevel: 'STUDY', StudyInstanceUID: study.studyUid },
    destination,
    ...more,
  });

  it('stores every data set at Orthanc as it was received, for movescu', async () => {
    const keys = ['-k', 'QueryRetrieveLevel=STUDY', '-k', `StudyInstanceUID=${study.studyUid}`];
    const { code, output } = await world.plainly('movescu', 'PLAIN1', ['-S', '-aem', 'PACS', ...keys]);
    expect([code, /Final Move Response \(Success\)/i.test(output)]).toEqual([0, true]);
    expect(digests(await pacs.files())).toEqual(digests(study.files));
  });

  it('counts in each answer, and ends where it is cancelled', async () => {
    const ofLarge = { QueryRetrieveLevel: 'STUDY', StudyInstanceUID: large.studyUid };
    const [whole, cancelled] = await world.pynetdicomEach([
      move('PACS'),
      move('PACS', { identifier: ofLarge, cancelAfter: 1 }),
    ]);
    expect(
      whole?.answers.map(({ status, remaining, completed, failed }) => [status, remaining, completed, failed]),
    ).toEqual([
      [0xff00, 3, 1, 0],
      [0xff00, 2, 2, 0],
      [0xff00, 1, 3, 0],
      [0, null, 4, 0],
    ]);
    const last = cancelled?.answers.at(-1);
    expect([last?.status, (last?.remaining ?? 0) + (last?.completed ?? 0)]).toEqual([0xfe00, 150]);
  });

  it('sends to workstations of the same hospital alone', async () => {
    const outcomes = await world.pynetdicomEach([move('NOBODY'), move('ELSEWHERE'), move('PLAIN1'), move('AWAY')]);
    expect(outcomes.map(({ answers }) => answers.at(-1))).toMatchObject([
      { status: 0xa801 },
      { status: 0xa801 },
      { status: 0xa801 },
      { status: 0xa702, completed: 0, failed: 4, dataSet: { '00080058': { Value: study.uids } } },
    ]);
  });

  it('sends over TLS to who proves by its certificate that it is the destination', async () => {
    const { H1WS, H2WS } = world.certificates;
    const stored: string[][] = [];
    const statuses: (number | undefined)[] = [];
    for (const certificate of [H2WS, H1WS]) {
      const folder = await mkdtemp(join(world.folder, 'stored-'));
      const tls = ['+tls', certificate.key, certificate.certificate, '+cf', world.authority.certificate];
      const storescp = spawn('storescp', ['+B', '-od', folder, ...tls, String(securePort)], { stdio: 'ignore' });
      await listens(securePort);
      statuses.push((await world.pynetdicom(move('H1WS'))).answers.at(-1)?.status);
      storescp.kill();
      await once(storescp, 'exit');
      const files = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name))));
      stored.push(digests(files));
    }
    expect([statuses, stored]).toEqual([
      [0xa702, 0],
      [[], digests(study.files)],
    ]);
  });

  it('sends nothing of a study that may not be opened', async () => {
    const before = (await pacs.files()).length;
    const identifier = { QueryRetrieveLevel: 'STUDY', StudyInstanceUID: [foreign.studyUid, study.studyUid] };
    const both = await world.pynetdicom(move('PACS', { identifier }));
    expect(both.answers.at(-1)).toMatchObject({ status: 0xb000, comment: 'ACCESS_DENIED', completed: 4, failed: 1 });
    expect(await pacs.files()).toHaveLength(before);
  });
});
