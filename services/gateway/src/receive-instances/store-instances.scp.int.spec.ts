import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type CtSeries, ctSeries, fileOf, machineHas } from '@yinglian/testing';
import { eventually, TestGateway } from '../testing/test-gateway.js';

jest.setTimeout(240_000);

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

(machineHas('dcmtk') ? describe : describe.skip)('a gateway and DCMTK', () => {
  let gateway: TestGateway;
  let folder: string;

  beforeAll(async () => {
    gateway = await TestGateway.start();
    folder = await mkdtemp(join(tmpdir(), 'yinglian-scp-'));
  });
  afterAll(async () => {
    await gateway.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const filesOf = (series: CtSeries) =>
    Promise.all(
      series.slices.map(async (slice) => {
        const path = join(folder, `${slice.sopInstanceUid}.dcm`);
        await writeFile(path, fileOf(slice));
        return path;
      }),
    );

  it('answers C-ECHO from those whom the directory lists, and refuses others', async () => {
    expect((await gateway.echoscu(['-aet', 'ECHOSCU', '-aec', 'H001GW'])).code).toBe(0);
    expect((await gateway.echoscu(['-aet', 'STRANGER', '-aec', 'H001GW'])).output).toMatch(
      'Calling AE Title Not Recognized',
    );
    expect((await gateway.echoscu(['-aet', 'ECHOSCU', '-aec', 'H002GW'])).output).toMatch(
      'Called AE Title Not Recognized',
    );
  });

  it('stores a CT of 400 slices, tells of the study, and hands it over byte for byte', async () => {
    const series = ctSeries(400);
    const sent = await gateway.storescu(await filesOf(series));
    expect(sent.output.match(/Received Store Response \(Success\)/g)).toHaveLength(400);
    const ofStudy = async () =>
      (await gateway.province.instances()).filter(
        ({ manifest }) => manifest.studyInstanceUid === series.studyInstanceUid,
      );
    await eventually('400 instances are at the registry', async () => (await ofStudy()).length === 400);
    const received = await ofStudy();
    expect(received.map(({ entry, file }) => sha256(file.subarray(entry.dataSetOffset))).sort()).toEqual(
      series.slices.map((slice) => slice.sha256).sort(),
    );
    expect(
      received.every(({ entry, file }) => sha256(file.subarray(entry.dataSetOffset)) === entry.dataSetSha256),
    ).toBe(true);
    await eventually('the spool is free', async () => (await gateway.segments()).length === 0);
    await eventually('the study was told', async () => (await gateway.events()).length >= 3);
    const told = (await gateway.events()).filter(({ data }) => data.studyInstanceUid === series.studyInstanceUid);
    expect(told.map(({ type }) => type).sort()).toEqual([
      'patient.observed.v3',
      'study.arriving.v1',
      'study.received.v2',
    ]);
    expect(told.find(({ type }) => type === 'study.received.v2')?.data).toMatchObject({ instances: 400 });
  });
});
