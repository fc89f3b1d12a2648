import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parseHeader } from '@yinglian/dicom';
import { freePorts } from '@yinglian/servers';
import { type CtSeries, ctSeries, fileOf, HospitalPacs, machineHas, multipart } from '@yinglian/testing';
import { eventually, TestGateway } from '../testing/test-gateway.js';

const OFFER = '00000000-0000-4000-8000-000000000001';

(machineHas('orthanc', 'dcmtk') ? describe : describe.skip)('priors to the bedside', () => {
  let folder: string;
  let pacs: HospitalPacs;
  let gateway: TestGateway;
  let prior: CtSeries;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-priors-'));
    const [dicomPort = 0] = await freePorts(1);
    pacs = await HospitalPacs.start([{ aeTitle: 'H001GW', port: dicomPort }]);
    await writeSettings({ priors: { destination: 'PACS' } });
    gateway = await TestGateway.start({ HOSPITAL_FILE: join(folder, 'hospital.json'), DICOM_PORT: String(dicomPort) });
    gateway.dicomPort = dicomPort;
    prior = ctSeries(4, 'ELSEWHERE1');
  });
  afterEach(async () => {
    await gateway.stop();
    await pacs.stop();
    await rm(folder, { recursive: true });
  });

  const writeSettings = (sections: object) =>
    writeFile(
      join(folder, 'hospital.json'),
      JSON.stringify({
        devices: [{ aeTitle: 'PACS', kind: 'pacs', host: '127.0.0.1', port: pacs.dicomPort }],
        ...sections,
      }),
    );
  const returned = async () => {
    const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
    return metrics.split('\n').filter((line) => line.startsWith('gateway_instances_returned_total'));
  };
  const offer = (offerId = OFFER, studyInstanceUid = prior.studyInstanceUid) =>
    gateway.province.priors.set(offerId, {
      studyInstanceUid,
      ownerHospital: 'H002',
      patient: { issuer: 'H001-HIS', id: 'LOCAL7' },
      files: prior.slices.map(fileOf),
    });
  const told = (offerId = OFFER) => gateway.province.outcomes.get(offerId);
  const delivered = () => eventually('it is delivered', async () => told() !== undefined, 30_000);

  it('arrive under the local Patient ID, with their pixels as they were', async () => {
    offer();
    await delivered();
    expect(told()).toEqual({ outcome: 'delivered', reason: '' });
    const came = await pacs.files();
    const identities = came.map((file) => {
      const { dataSet } = parseHeader(file);
      const [other] = dataSet.elements.x00101002?.items ?? [];
      return [
        dataSet.string('x00100020'),
        dataSet.string('x00100021'),
        other?.dataSet?.string('x00100020'),
        other?.dataSet?.string('x00100021'),
      ];
    });
    expect(identities).toEqual(Array(4).fill(['LOCAL7', 'H001-HIS', 'ELSEWHERE1', 'H002']));
    const pixels = (bytes: Buffer) =>
      createHash('sha256')
        .update(bytes.subarray(-512 * 512 * 2))
        .digest('hex');
    expect(came.map(pixels).sort()).toEqual(prior.slices.map(({ dataSet }) => pixels(dataSet)).sort());
  });

  it('are sent once, also when they are offered again', async () => {
    offer();
    await delivered();
    const fetched = gateway.province.priorFiles;
    offer(OFFER.replace(/1$/, '2'));
    await eventually('the second is told', async () => told(OFFER.replace(/1$/, '2')) !== undefined);
    expect([told(OFFER.replace(/1$/, '2')), gateway.province.priorFiles]).toEqual([
      { outcome: 'delivered', reason: '' },
      fetched,
    ]);
  });

  it('go on after a kill, and wait for a destination that is away', async () => {
    await pacs.halt();
    offer();
    await eventually('it is said', async () => /PRIORS_DESTINATION_AWAY/.test(gateway.output));
    await gateway.kill();
    await pacs.run();
    await gateway.run();
    await delivered();
    expect([told(), (await pacs.files()).length]).toEqual([{ outcome: 'delivered', reason: '' }, 4]);
  });

  it('that a PACS forwards to the gateway are acknowledged and not uploaded', async () => {
    offer();
    await delivered();
    const own = ctSeries(1);
    const files = [...(await pacs.files()), ...own.slices.map(fileOf)];
    const paths = files.map((_, place) => join(folder, `${place}.dcm`));
    for (const [place, file] of files.entries()) await writeFile(paths[place] ?? '', file);
    const { output } = await gateway.storescu(paths);
    expect(output.match(/Received Store Response \(Success\)/g)).toHaveLength(5);
    await eventually('the own image is uploaded', async () => (await gateway.province.instances()).length > 0);
    expect((await gateway.province.instances()).map(({ entry }) => entry.sopInstanceUid)).toEqual(
      own.slices.map(({ sopInstanceUid }) => sopInstanceUid),
    );
    expect(await returned()).toEqual([expect.stringMatching(/ 4( |$)/)]);
  });

  it('that somebody hands in by STOW-RS are accepted and not uploaded', async () => {
    offer();
    await delivered();
    const own = ctSeries(1);
    const files = [...(await pacs.files()), ...own.slices.map(fileOf)];
    const { status, body } = await gateway.stow(multipart(files));
    expect([status, Object.keys(body)]).toEqual([200, ['00081199']]);
    expect(body['00081199']?.Value).toHaveLength(5);
    await eventually('the own image is uploaded', async () => (await gateway.province.instances()).length > 0);
    expect((await gateway.province.instances()).map(({ entry }) => entry.sopInstanceUid)).toEqual(
      own.slices.map(({ sopInstanceUid }) => sopInstanceUid),
    );
    expect(await returned()).toEqual([expect.stringMatching(/ 4( |$)/)]);
  });

  const askFor = async (studyInstanceUid: string) => {
    const requestId = OFFER.replace(/1$/, '9');
    gateway.province.studyRequests.push({ requestId, studyInstanceUid, accessionNumber: null });
    await eventually('it is told', async () => told(requestId) !== undefined, 30_000);
    return told(requestId);
  };

  it.each(['C-MOVE', 'C-GET'])('that %s brings are not uploaded', async (method) => {
    const backfill = { pacs: 'PACS', method, from: '2020-01-01', to: '2020-01-01', windows: [] };
    await writeSettings({ priors: { destination: 'PACS' }, backfill });
    gateway.province.configuration = { ...gateway.province.configuration, callingAeTitles: ['PACS'], version: '2' };
    await eventually('it is taken over', async () => /The hospital’s file was changed/.test(gateway.output));
    // Under another study's name, so that the study is fetched and its instances are what is known.
    offer(OFFER, '1.2.3.4');
    await delivered();
    expect(await askFor(prior.studyInstanceUid)).toEqual({ outcome: 'fetched', reason: '' });
    expect(await returned()).toEqual([expect.stringMatching(/ 4( |$)/)]);
    expect(await gateway.province.instances()).toEqual([]);
  });

  it('are not this hospital’s when the province asks for a study', async () => {
    offer();
    await delivered();
    expect(await askFor(prior.studyInstanceUid)).toEqual({ outcome: 'not-found', reason: '' });
    expect(await returned()).toEqual([]);
  });

  it('are not fetched back by a backfill', async () => {
    offer();
    await delivered();
    const day = '2026-01-05';
    const backfill = { pacs: 'PACS', from: day, to: day, windows: [{ from: '00:00', to: '24:00' }] };
    await writeSettings({ priors: { destination: 'PACS' }, backfill });
    const found = () => {
      const ledger = new DatabaseSync(join(gateway.folder, 'ledger.sqlite'), { readOnly: true });
      const rows = ['SELECT found FROM backfill_days', 'SELECT study_instance_uid FROM backfill_studies'].map((sql) =>
        ledger.prepare(sql).all(),
      );
      ledger.close();
      return rows.map((each) => each.map((row) => ({ ...row })));
    };
    await eventually('the day is searched', async () => (found()[0] ?? []).length === 1);
    expect(found()).toEqual([[{ found: 1 }], []]);
  });

  it('that the destination does not take are told as failed, with the reason', async () => {
    gateway.province.priorSyntax = '1.2.840.10008.1.2.4.999';
    offer();
    await delivered();
    expect(told()).toEqual({
      outcome: 'failed',
      reason: expect.stringMatching(
        /^4 of 4 instances: The destination does not take .* in 1\.2\.840\.10008\.1\.2\.4\.999$/,
      ),
    });
  });
});
