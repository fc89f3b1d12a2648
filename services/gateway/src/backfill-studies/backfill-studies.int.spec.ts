import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { freePorts } from '@yinglian/servers';
import { type CtSeries, ctSeries, fileOf, HospitalPacs, machineHas, peerScript, peersPython } from '@yinglian/testing';
import { eventually, TestGateway } from '../testing/test-gateway.js';

/** The day of all invented series. */
const DAY = '2026-01-05';

(machineHas('orthanc', 'pydicom', 'dcmtk') ? describe : describe.skip)('backfill from a PACS', () => {
  let folder: string;
  let pacs: HospitalPacs;
  let gateway: TestGateway;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-backfill-'));
  });
  afterEach(async () => {
    await gateway?.stop();
    await pacs?.stop();
    await rm(folder, { recursive: true });
  });

  const settings = (backfill: object, port = pacs.dicomPort) =>
    writeFile(
      join(folder, 'hospital.json'),
      JSON.stringify({
        devices: [{ aeTitle: 'PACS', kind: 'pacs', host: '127.0.0.1', port }],
        backfill: {
          pacs: 'PACS',
          from: DAY,
          to: DAY,
          windows: [{ from: '00:00', to: '24:00' }],
          restSeconds: 1,
          ...backfill,
        },
      }),
    );
  const start = async (series: readonly CtSeries[], backfill: object = {}, pacsSettings: object = {}) => {
    const [dicomPort] = await freePorts(1);
    if (dicomPort === undefined) throw new Error('No port is free');
    pacs = await HospitalPacs.start([{ aeTitle: 'H001GW', port: dicomPort }], { ...pacsSettings });
    for (const { slices } of series) await pacs.store(slices.map(fileOf));
    await settings(backfill);
    await startGateway(dicomPort);
  };
  const startGateway = async (dicomPort: number) => {
    gateway = await TestGateway.start({
      HOSPITAL_FILE: join(folder, 'hospital.json'),
      DICOM_PORT: String(dicomPort),
    });
    // TestGateway itself takes a new port with each run; the PACS knows this one.
    gateway.dicomPort = dicomPort;
    gateway.province.configuration = { ...gateway.province.configuration, callingAeTitles: ['PACS'], version: '2' };
  };
  const rows = (): unknown[] => {
    const ledger = new DatabaseSync(join(gateway.folder, 'ledger.sqlite'), { readOnly: true });
    try {
      return ledger
        .prepare('SELECT study_instance_uid AS study, state, expected, moved FROM backfill_studies ORDER BY study')
        .all()
        .map((row) => ({ ...row }));
    } finally {
      ledger.close();
    }
  };
  /** What it counts of itself in the ledger. */
  const counted = (): unknown => {
    const ledger = new DatabaseSync(join(gateway.folder, 'ledger.sqlite'), { readOnly: true });
    const sums =
      'sum(instances) AS instances, sum(bytes) AS bytes, sum(studies) AS studies, sum(working_ms) > 0 AS worked';
    try {
      return { ...ledger.prepare(`SELECT ${sums} FROM backfill_hours`).get() };
    } finally {
      ledger.close();
    }
  };
  const there = ({ studyInstanceUid, slices }: CtSeries, moved = slices.length) => ({
    study: studyInstanceUid,
    state: 'there',
    expected: slices.length,
    moved,
  });
  const sorted = (all: readonly { study: string }[]) => [...all].sort((a, b) => (a.study < b.study ? -1 : 1));
  const settled = (all: readonly { study: string }[]) =>
    eventually(
      'the backfill is done',
      async () => JSON.stringify(rows()) === JSON.stringify(sorted(all)),
      60_000,
    ).catch((error: unknown) => {
      expect(rows()).toEqual(sorted(all));
      throw error;
    });
  /** What the province has, by the sums of its data sets. */
  const arrived = async () => {
    const instances = await gateway.province.instances();
    return instances.map(({ entry, file }) => sha256(file.subarray(entry.dataSetOffset))).sort();
  };
  const bytesArrived = async () => (await gateway.province.instances()).reduce((sum, { file }) => sum + file.length, 0);
  const sums = (series: readonly CtSeries[]) =>
    series.flatMap(({ slices }) => slices.map((slice) => slice.sha256)).sort();

  it('brings every study of a day to the province by C-MOVE, once and bit by bit', async () => {
    const series = [ctSeries(3), ctSeries(2), ctSeries(1)];
    await start(series);
    await settled(series.map((each) => there(each)));
    expect(await arrived()).toEqual(sums(series));
    expect(counted()).toEqual({ instances: 6, bytes: await bytesArrived(), studies: 3, worked: 1 });
  });

  it('brings them by C-GET from a PACS that does not know the gateway', async () => {
    const series = [ctSeries(3), ctSeries(1)];
    await start(series, { method: 'C-GET' }, { DicomModalities: {} });
    await settled(series.map((each) => there(each)));
    expect(await arrived()).toEqual(sums(series));
    expect(counted()).toEqual({ instances: 4, bytes: await bytesArrived(), studies: 2, worked: 1 });
  });

  it('does not ask for what the province has', async () => {
    const [known, missing] = [ctSeries(2), ctSeries(2)];
    await start([known, missing], { windows: [] });
    const file = join(folder, 'known.dcm');
    for (const slice of known.slices) {
      await writeFile(file, fileOf(slice));
      await eventually('it is taken', async () => (await gateway.storescu([file], ['-aet', 'PACS'])).code === 0);
    }
    await eventually('the province has it', async () => (await arrived()).length === 2);
    expect(rows()).toEqual([]);
    await settings({});
    await settled([there(known, 0), there(missing)]);
    // What the device sent by itself is none of the backfill's.
    expect(counted()).toMatchObject({ instances: 2, studies: 1 });
  });

  it('splits a day of which the PACS tells only a part', async () => {
    const series = ['081500', '081600', '201500'].map((time) => at(time, ctSeries(1)));
    await start(series, {}, { LimitFindResults: 1 });
    await settled(series.map((each) => there(each)));
  });

  it('goes on where it was when it was killed, and moves nothing again that arrived', async () => {
    const series = Array.from({ length: 8 }, () => ctSeries(6));
    await start(series);
    const count = (isCounted: (state: string) => boolean) =>
      (rows() as { state: string }[]).filter(({ state }) => isCounted(state)).length;
    await eventually('some have begun', async () => count((state) => state !== 'waiting') >= 2, 60_000);
    await gateway.kill();
    const leftBehind = count((state) => state === 'waiting');
    await gateway.run();
    await eventually('all are there', async () => count((state) => state === 'there') === series.length, 60_000);
    const came = await arrived();
    expect([...new Set(came)]).toEqual(sums(series));
    // One study was moving at most; it alone may have come twice.
    expect(came.length).toBeLessThanOrEqual(sums(series).length + 6);
    expect(leftBehind).toBeGreaterThan(0);
  });

  it('waits for a PACS that is away, and says so', async () => {
    const series = [ctSeries(2)];
    await start(series, { windows: [] });
    await pacs.halt();
    await settings({});
    await eventually('it is said', async () => /PACS_AWAY/.test(gateway.output));
    await pacs.run();
    await settled(series.map((each) => there(each)));
  });

  it('gives a study up that the PACS does not send, with its reason', async () => {
    const series = ctSeries(2);
    await start([series], { attempts: 2, restSeconds: 1 }, { DicomModalities: {} });
    const failed = () => {
      const ledger = new DatabaseSync(join(gateway.folder, 'ledger.sqlite'), { readOnly: true });
      const found = ledger.prepare('SELECT state, attempts, problem FROM backfill_studies').all();
      ledger.close();
      return found.map((row) => ({ ...row }));
    };
    await eventually('it is given up', async () => failed()[0]?.state === 'failed');
    expect(failed()).toEqual([
      { state: 'failed', attempts: 2, problem: expect.stringMatching(/^C-MOVE ends with [AC]\d{3}/) },
    ]);
  });

  it.each([
    ['fails in the middle of C-MOVE', 'fails'],
    ['breaks the association off', 'drops'],
  ])('asks again when the PACS %s', async (_, mode) => {
    const series = ctSeries(3);
    const [dicomPort = 0, pacsPort = 0] = await freePorts(2);
    const files = series.slices.map((slice, place) => ({ path: join(folder, `${place}.dcm`), bytes: fileOf(slice) }));
    for (const { path, bytes } of files) await writeFile(path, bytes);
    const paths = files.map(({ path }) => path);
    const peer = spawn(peersPython, [peerScript('pynetdicom-pacs.py'), mode, `${pacsPort}`, `${dicomPort}`, ...paths]);
    try {
      let said = '';
      peer.stdout.on('data', (text: Buffer) => {
        said += text.toString();
      });
      await eventually('the PACS listens', async () => said.includes('LISTENING'));
      await settings({ restSeconds: 1 }, pacsPort);
      await startGateway(dicomPort);
      await settled([there(series)]);
      // pydicom writes its data sets anew.
      const came = (await gateway.province.instances()).map(({ entry }) => entry.sopInstanceUid);
      const sent = series.slices.map(({ sopInstanceUid }) => sopInstanceUid);
      expect([said.match(/MOVE/g)?.length, [...new Set(came)].sort()]).toEqual([2, sent.sort()]);
    } finally {
      peer.stdin.end();
    }
  });
});

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** The same series at another time of the day. */
function at(time: string, series: CtSeries): CtSeries {
  const slices = series.slices.map((slice) => {
    const dataSet = Buffer.from(slice.dataSet);
    dataSet.write(time, dataSet.indexOf('081500'), 'latin1');
    return { ...slice, dataSet, sha256: sha256(dataSet) };
  });
  return { ...series, slices };
}
