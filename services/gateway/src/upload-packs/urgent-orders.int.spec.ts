import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MllpClient } from '@yinglian/hl7';
import { type CtSeries, ctSeries, fileOf, multipart } from '@yinglian/testing';
import { order } from '../testing/sample-messages.js';
import { eventually, TestGateway } from '../testing/test-gateway.js';

/** Of `ctSeries`. */
const STUDY_DATE = '20260105';
const upload = { windows: [{ from: '00:00', to: '24:00', megabitsPerSecond: 0 }] };

describe('images of an urgent order', () => {
  let folder: string;
  let gateway: TestGateway;
  let his: MllpClient;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-hospital-'));
    await writeFile(join(folder, 'hospital.json'), JSON.stringify({ upload }));
    gateway = await TestGateway.start({ HOSPITAL_FILE: join(folder, 'hospital.json') });
    his = await MllpClient.connect(gateway.hl7Port);
  });
  afterAll(async () => {
    his.close();
    await gateway.stop();
    await rm(folder, { recursive: true });
  });

  const placed = async ({ patientId }: CtSeries, priority: string) => {
    const told = { patientId, placer: `P${patientId}`, accession: `A${patientId}`, priority };
    const onItsDay = order(told).replaceAll('20261124', STUDY_DATE);
    expect((await his.send(Buffer.from(onItsDay))).toString()).toMatch('MSA|AA|');
  };
  const stow = async (series: CtSeries) =>
    expect((await gateway.stow(multipart(series.slices.map(fileOf)))).status).toBe(200);
  const studies = async () => (await gateway.province.instances()).map(({ manifest }) => manifest.studyInstanceUid);

  it('go past a closed window, whichever comes first, and also after a restart', async () => {
    const [before, after, routine] = [ctSeries(1), ctSeries(1), ctSeries(1)];
    await placed(before, 'S');
    await placed(routine, 'R');
    for (const series of [routine, before, after]) await stow(series);
    await eventually('the first is there', async () => (await studies()).includes(before.studyInstanceUid));
    his.close();
    await gateway.kill();
    await gateway.run();
    his = await MllpClient.connect(gateway.hl7Port);
    await placed(after, 'S');
    await eventually('the second is there', async () => (await studies()).includes(after.studyInstanceUid));
    expect(await studies()).not.toContain(routine.studyInstanceUid);
  });
});
