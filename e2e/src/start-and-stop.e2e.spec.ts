import { randomInt } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ctSeries, LauncherProcess, type Province, startProvince } from '@yinglian/testing';
import { DicomWebClient, firstValue } from './dicom-web-client.js';
import { eventually } from './eventually.js';
import { hospitalOf, untilComplete } from './main-job.js';
import { sendSeries } from './send-files.js';

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0] !== 'Z';
  } catch {
    return false;
  }
};

/** What the launcher says when it cannot start: no stack trace, and it ends with 1. */
async function refusal(environment: Record<string, string>): Promise<string> {
  const launcher = LauncherProcess.run(['start'], environment);
  expect(await launcher.ended).toBe(1);
  expect(launcher.output).not.toMatch(/^\s+at /m);
  return launcher.output;
}

describe('a running province', () => {
  let province: Province;
  let other: Province;
  beforeAll(async () => {
    [province, other] = [await startProvince(), await startProvince({ sample: false })];
  }, 350_000);
  afterAll(() => Promise.all([province.stop(), other.stop()]), 110_000);

  it('has one process per service and per gateway, and keeps its secrets to its owner', () => {
    expect(province.endpoints.processes.map(({ name }) => name).sort()).toEqual([
      'consent-audit',
      'directory',
      'gateway-H001',
      'gateway-H002',
      'gateway-H003',
      'patient-index',
      'portal',
      'postgresql',
      'study-registry',
    ]);
    expect(province.launcher.output).toMatch(/^ready in [\d.]+ s\n/m);
  });

  it('fills itself with studies that its gateways took, one person seen in two hospitals', async () => {
    const client = new DicomWebClient(province.endpoints.dicomweb, await province.token('dr.chen'));
    const studies = await eventually('both studies of one person', async () => {
      const [one] = await client.find('/studies?AccessionNumber=DR0088123');
      const all = await client.find(`/studies?PatientID=${String(firstValue(one, '00100020'))}`);
      return all.length === 2 ? all : undefined;
    });
    expect(studies.map((study) => firstValue(study, '00080050')).sort()).toEqual(['CT2600317', 'DR0088123']);
  });

  it('runs beside another one on the same machine, which was started without the sample', async () => {
    expect(other.endpoints.hospitals).toEqual([]);
    expect(other.endpoints.users.map(({ username }) => username)).toEqual(['admin']);
    expect(await other.token('admin')).not.toBe('');
  });

  it('is run by one launcher only', async () => {
    expect(await refusal({ ...province.environment })).toMatch(/already runs on .* \(process \d+\): stop it with/);
  });

  it.each(['portal', 'gateway-H002', 'postgresql'])(
    'starts %s again when it is killed',
    async (name) => {
      await province.kill(name);
      await eventually('a search', async () => {
        const client = new DicomWebClient(province.endpoints.dicomweb, await province.token('dr.lin'));
        return (await client.get('/studies?AccessionNumber=CT2600317')).status === 200;
      });
      await eventually('the gateway', async () => (await fetch(`${hospitalOf(province, 'H002').gateway}/readyz`)).ok);
    },
    60_000,
  );

  it('starts a gateway for a hospital that is added while it runs, and takes images there', async () => {
    const response = await fetch(`${province.endpoints.edge}/api/directory/hospitals`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await province.token('admin')}`, 'content-type': 'application/json' },
      body: JSON.stringify({ code: 'H004', name: '新桥乡卫生院', level: 'township', callingAeTitles: ['STORESCU'] }),
    });
    expect(response.status).toBe(201);
    const added = await eventually('the new gateway', async () =>
      province.endpoints.hospitals.find(({ code }) => code === 'H004'),
    );
    expect(added.dicomPort).toBe(Number(province.environment.YINGLIAN_DICOM_PORT) + 3);
    const series = ctSeries(2);
    await eventually('its first images', () => sendSeries(added, series).then(() => true));
  }, 60_000);

  it('says which port is in use and which variable moves it', async () => {
    const home = mkdtempSync(join(tmpdir(), 'yinglian-e2e-home-'));
    try {
      const { YINGLIAN_PORT, YINGLIAN_DICOM_PORT } = province.environment;
      expect(await refusal({ YINGLIAN_HOME: home, YINGLIAN_PORT: String(YINGLIAN_PORT) })).toContain(
        `Port ${YINGLIAN_PORT}, needed for the portal, is in use: stop what uses it, or set YINGLIAN_PORT to another port.`,
      );
      const free = String(19_100 + randomInt(800));
      expect(
        await refusal({ YINGLIAN_HOME: home, YINGLIAN_PORT: free, YINGLIAN_DICOM_PORT: String(YINGLIAN_DICOM_PORT) }),
      ).toContain(`Port ${YINGLIAN_DICOM_PORT}, needed for DICOM at H001, is in use`);
    } finally {
      rmSync(home, { recursive: true });
    }
  });
});

describe('a home', () => {
  it('is refused when a newer version wrote it, and when its disk is full', async () => {
    const home = mkdtempSync(join(tmpdir(), 'yinglian-e2e-home-'));
    const free = String(19_100 + randomInt(800));
    try {
      const settings = { YINGLIAN_HOME: home, YINGLIAN_PORT: free, YINGLIAN_DICOM_PORT: free };
      expect(await refusal({ ...settings, YINGLIAN_MIN_FREE_BYTES: String(2 ** 52) })).toMatch(
        /The disk of .* is full: \d+ MiB are free, 4294967296 MiB are needed\. Free some space/,
      );
      writeFileSync(join(home, 'home.json'), '{"format":99}');
      expect(await refusal(settings)).toContain('was written by a newer version (home format 99, this one knows 1)');
    } finally {
      rmSync(home, { recursive: true });
    }
  });

  it('is found again with all its data after SIGTERM, which leaves no process, and after SIGKILL', async () => {
    const home = mkdtempSync(join(tmpdir(), 'yinglian-e2e-home-'));
    let province = await startProvince({ home });
    try {
      const series = ctSeries(8);
      await sendSeries(hospitalOf(province, 'H001'), series);
      await untilComplete(province, 'dr.lin', series);
      const before = province.endpoints;
      await province.stop();
      expect(before.processes.filter(({ pid }) => isAlive(pid))).toEqual([]);
      expect(existsSync(join(home, 'endpoints.json'))).toBe(false);

      province = await startProvince({ home, environment: province.environment });
      const { processes: _, ...known } = province.endpoints;
      expect(before).toMatchObject(known);
      expect((await untilComplete(province, 'dr.lin', series)).instances).toBe(8);

      const left = province.endpoints.processes;
      province.launcher.signal('SIGKILL');
      await province.launcher.ended;
      province = await startProvince({ home, environment: province.environment });
      expect(left.filter(({ pid }) => isAlive(pid))).toEqual([]);
      expect((await untilComplete(province, 'dr.lin', series)).instances).toBe(8);

      const last = province.endpoints.processes;
      province.launcher.signal('SIGKILL');
      await eventually('the end of all processes', async () => last.every(({ pid }) => !isAlive(pid)), 40_000);
    } finally {
      await province.stop();
      rmSync(home, { recursive: true });
    }
  }, 400_000);
});
