import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { freePorts } from '@yinglian/servers';
import { ctSeries, fileOf, HospitalPacs, machineHas } from '@yinglian/testing';
import { eventually, TestGateway } from '../testing/test-gateway.js';

const requestId = (place: number) => `00000000-0000-4000-8000-00000000000${place}`;

(machineHas('orthanc') ? describe : describe.skip)('studies that the province asks for', () => {
  const known = ctSeries(2);
  const further = ctSeries(3);
  let folder: string;
  let pacs: HospitalPacs;
  let gateway: TestGateway;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-requests-'));
    const [dicomPort = 0] = await freePorts(1);
    pacs = await HospitalPacs.start([{ aeTitle: 'H001GW', port: dicomPort }]);
    await pacs.store([...known.slices, ...further.slices].map(fileOf));
    const devices = [{ aeTitle: 'PACS', kind: 'pacs', host: '127.0.0.1', port: pacs.dicomPort }];
    await writeFile(join(folder, 'hospital.json'), JSON.stringify({ devices }));
    gateway = await TestGateway.start({ HOSPITAL_FILE: join(folder, 'hospital.json'), DICOM_PORT: String(dicomPort) });
    gateway.province.configuration = { ...gateway.province.configuration, callingAeTitles: ['PACS'], version: '2' };
  });
  afterEach(async () => {
    await gateway.stop();
    await pacs.stop();
    await rm(folder, { recursive: true });
  });

  const ask = (place: number, studyInstanceUid: string | null, accessionNumber: string | null = null) =>
    gateway.province.studyRequests.push({ requestId: requestId(place), studyInstanceUid, accessionNumber });
  const told = () => gateway.province.outcomes;
  const arrived = async () =>
    new Set((await gateway.province.instances()).map(({ manifest }) => manifest.studyInstanceUid));

  it('are fetched by UID and by accession number, without a backfill, and what came of it is told', async () => {
    ask(1, known.studyInstanceUid);
    ask(2, null, `A${further.patientId}`);
    ask(3, '1.2.404');
    await eventually('all are told', async () => told().size === 3);
    expect([...told()]).toEqual([
      [requestId(1), { outcome: 'fetched', reason: '' }],
      [requestId(2), { outcome: 'fetched', reason: '' }],
      [requestId(3), { outcome: 'not-found', reason: '' }],
    ]);
    await eventually('they arrive', async () => (await arrived()).size === 2);
    expect(await arrived()).toEqual(new Set([known.studyInstanceUid, further.studyInstanceUid]));
  });

  it('wait for a PACS that is away', async () => {
    await pacs.halt();
    ask(4, known.studyInstanceUid);
    await eventually('it is asked for', async () => gateway.province.requestPolls >= 2);
    expect([...told()]).toEqual([]);
    await pacs.run();
    await eventually('it is told', async () => told().size === 1);
    expect(told().get(requestId(4))).toEqual({ outcome: 'fetched', reason: '' });
  });
});
