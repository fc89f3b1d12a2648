import { randomInt } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ctSeries,
  DicomWebClient,
  firstValue,
  LauncherProcess,
  machineHas,
  type Province,
  smallDisk,
  startProvince,
} from '@yinglian/testing';
import { eventually } from './eventually.js';
import { hospitalOf, untilComplete } from './main-job.js';
import { NpmStart } from './npm-start.js';
import { filesOf, sendSeries } from './send-files.js';

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0] !== 'Z';
  } catch {
    return false;
  }
};

/** What the launcher says when it cannot start: no stack trace, and it ends with 1. */
async function refusal(environment: Readonly<Record<string, string>>): Promise<string> {
  const launcher = LauncherProcess.run(['start'], environment);
  const code = await launcher.ended;
  expect(launcher.output).not.toMatch(/^\s+at /m);
  expect(code).toBe(1);
  return launcher.output;
}

/** What a command of the launcher prints. */
async function said(province: Province, ...args: string[]): Promise<string> {
  const command = LauncherProcess.run(args, province.environment);
  expect(await command.ended).toBe(0);
  return command.output;
}

/** What a province that is stopped keeps in its home, and nothing else. */
const KEPT = [
  'audit-log-keys.pem',
  'gateway-keys',
  'gateways',
  'home.json',
  'hospital-files',
  'household.key',
  'logs',
  'objects',
  'postgresql',
  'processes.json',
  'secrets.json',
  'seed.json',
];

const describeHere = machineHas('dcmtk') ? describe : describe.skip;

// One province lives through all of this, in the order in which it is written.
describeHere('a province on this machine', () => {
  let folder: string;
  let home: string;
  let temporary: string;
  const series = ctSeries(8);
  let province: Province;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'yinglian-e2e-'));
    home = join(folder, 'home');
    temporary = join(folder, 'tmp');
    mkdirSync(temporary);
    province = await startProvince({ home, environment: { TMPDIR: temporary } });
  }, 180_000);
  afterAll(async () => {
    await province?.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }, 110_000);

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
    expect(province.endpoints.processes.filter(({ pid }) => !isAlive(pid))).toEqual([]);
    expect(['endpoints.json', 'secrets.json'].map((file) => statSync(join(home, file)).mode & 0o777)).toEqual([
      0o600, 0o600,
    ]);
  });

  it('writes where everything is reached and who may sign in, and shows the same as a table', () => {
    const [port, dicomPort, hl7Port] = ['PORT', 'DICOM_PORT', 'HL7_PORT'].map((name) =>
      Number(province.environment[`YINGLIAN_${name}`]),
    ) as [number, number, number];
    const edge = `http://127.0.0.1:${port}`;
    const { hospitals, users, clients, dimse, processes: _, ...addresses } = province.endpoints;
    expect(addresses).toEqual({
      edge,
      viewer: `http://127.0.0.1:${port + 1}`,
      dicomweb: `${edge}/dicom-web`,
      dicomwebDirect: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/dicom-web$/),
      fhir: `${edge}/fhir`,
      cdsHooks: `${edge}/cds-services`,
      oidc: `${edge}/oidc`,
    });
    const names = ['栖云省立医院', '望川市中心医院', '溪桥县人民医院'];
    expect(hospitals).toEqual(
      ['H001', 'H002', 'H003'].map((code, place) => ({
        code,
        name: names[place],
        aeTitle: `${code}GW`,
        dicomPort: dicomPort + place,
        hl7Port: hl7Port + place,
        gateway: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
        stow: `${hospitals[place]?.gateway}/dicom-web`,
        page: { url: hospitals[place]?.gateway, username: 'it', password: expect.stringMatching(/^[\w-]{24}$/) },
      })),
    );
    expect(dimse).toEqual({
      aeTitle: 'YINGLIAN',
      dicomPort: expect.any(Number),
      workstations: ['H001', 'H002', 'H003'].map((code, place) => ({
        aeTitle: `${code}WS`,
        hospital: code,
        port: dicomPort + 100 + place,
      })),
    });
    expect(users.map(({ username, roles, hospital }) => [username, ...roles, hospital])).toEqual([
      ['admin', 'administrator', null],
      ['security', 'security-administrator', null],
      ['security2', 'security-administrator', null],
      ['dr.lin', 'clinician', 'H001'],
      ['dr.chen', 'clinician', 'H002'],
      ['dr.zhao', 'clinician', 'H003'],
      ['auditor', 'auditor', null],
      ['steward', 'steward', null],
      ['patient', 'patient', null],
    ]);
    expect(clients.map(({ clientId, scope }) => [clientId, scope])).toContainEqual(['device-H001', 'stow:write']);
    const { output } = province.launcher;
    for (const { username, password } of users) expect(output).toMatch(new RegExp(`${username} +${password}`));
    for (const { code, stow, page } of hospitals) {
      expect(output).toMatch(new RegExp(`${code} .*${stow}`));
      expect(output).toMatch(new RegExp(`${code} +${page.url} +it +${page.password}`));
    }
    expect(output).toContain(`YINGLIAN at 127.0.0.1:${dimse.dicomPort}, as H001WS, H002WS, H003WS`);
    expect(output).toMatch(/^ready in [\d.]+ s\n/m);
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

  it('says how it is, and takes a folder of files by one command', async () => {
    await eventually('every image is uploaded', async () =>
      /H002 {2}望川市中心医院 {2}gateway serves \(DICOM \d+\), nothing waits for upload/.test(
        await said(province, 'status'),
      ),
    );
    const files = await filesOf(ctSeries(3));
    const scans = dirname(files.paths[0] ?? '');
    writeFileSync(join(scans, 'notes.txt'), 'no DICOM');
    const output = await said(province, 'send', 'H003', scans);
    expect(output).toMatch(/H003 =+ 3\/3/);
    expect(output).toMatch(/^3 stored, 0 not stored, 1 other files ignored, [\d.]+ s$/m);
    await files.remove();
    writeFileSync(join(temporary, 'notes.txt'), 'no DICOM');
    const sent = LauncherProcess.run(['send', 'H009', temporary], province.environment);
    expect([await sent.ended, sent.output]).toEqual([1, '\nThere is no hospital H009; there are H001, H002, H003.\n']);
    const empty = LauncherProcess.run(['send', 'H001', temporary], province.environment);
    expect([await empty.ended, empty.output]).toEqual([1, `\nThere is no DICOM file in ${temporary}.\n`]);
    rmSync(join(temporary, 'notes.txt'));
  });

  it('runs beside another one, which was started without the sample', async () => {
    const other = await startProvince({ sample: false });
    try {
      expect(other.endpoints.hospitals).toEqual([]);
      expect(other.endpoints.users.map(({ username }) => username)).toEqual(['admin', 'security']);
      expect((await other.token('admin')).split('.')).toHaveLength(3);
      expect((await province.token('admin')).split('.')).toHaveLength(3);
    } finally {
      await other.stop();
    }
  }, 120_000);

  it('is run by one launcher only', async () => {
    expect(await refusal(province.environment)).toMatch(/already runs on .* \(process \d+\): stop it with/);
  });

  it('says which port is in use and which variable moves it', async () => {
    const { YINGLIAN_PORT = '', YINGLIAN_DICOM_PORT = '' } = province.environment;
    const settings = { YINGLIAN_HOME: join(folder, 'another'), YINGLIAN_PORT };
    expect(await refusal(settings)).toContain(
      `Port ${YINGLIAN_PORT}, needed for the portal, is in use: stop what uses it, or set YINGLIAN_PORT to another port.`,
    );
    const free = String(19_100 + randomInt(800));
    expect(await refusal({ ...settings, YINGLIAN_PORT: free, YINGLIAN_DICOM_PORT })).toContain(
      `Port ${YINGLIAN_DICOM_PORT}, needed for DICOM at H001, is in use`,
    );
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
    90_000,
  );

  it('leaves no process, no temporary file and no address behind after SIGTERM', async () => {
    await sendSeries(hospitalOf(province, 'H001'), series);
    await untilComplete(province, 'dr.lin', series);
    const { processes } = province.endpoints;
    await province.stop();
    expect(province.launcher.output).toMatch(/Everything is stopped\.\n$/);
    expect(processes.filter(({ pid }) => isAlive(pid))).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
    expect(readdirSync(home).sort()).toEqual(KEPT);
  }, 120_000);

  it('finds everything again, and is taken over from a launcher that was killed', async () => {
    const before = province.environment;
    province = await startProvince({ home, environment: before });
    expect((await untilComplete(province, 'dr.lin', series)).instances).toBe(8);
    const left = province.endpoints;
    province.launcher.signal('SIGKILL');
    await province.launcher.ended;
    province = await startProvince({ home, environment: before });
    expect(left.processes.filter(({ pid }) => isAlive(pid))).toEqual([]);
    const { processes: _, ...known } = province.endpoints;
    expect(left).toMatchObject(known);
    expect((await untilComplete(province, 'dr.lin', series)).instances).toBe(8);
    expect(await said(province, 'stop')).toBe('Everything is stopped.\n');
  }, 180_000);

  it('ends whole by Ctrl-C at npm start', async () => {
    const npm = NpmStart.run({ ...province.environment, TMPDIR: temporary });
    await npm.until(/^ready in [\d.]+ s$/m, 120_000);
    const { processes } = province.endpoints;
    npm.interrupt();
    await npm.ended;
    expect(npm.output).toMatch(/Everything is stopped\./);
    expect(npm.output).not.toMatch(/^\s+at /m);
    expect(processes.filter(({ pid }) => isAlive(pid))).toEqual([]);
    expect(
      readdirSync(home)
        .filter((name) => name !== 'compile-cache')
        .sort(),
    ).toEqual(KEPT);
  }, 180_000);
});

describe('a home', () => {
  let folder: string;
  let settings: Record<string, string>;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'yinglian-e2e-home-'));
    const free = String(19_100 + randomInt(800));
    settings = { YINGLIAN_HOME: folder, YINGLIAN_PORT: free, YINGLIAN_DICOM_PORT: free };
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is refused when a newer version wrote it', async () => {
    writeFileSync(join(folder, 'home.json'), '{"format":99}');
    expect(await refusal(settings)).toContain('was written by a newer version (home format 99, this one knows 1)');
  });

  it('is refused when its disk has too little space', async () => {
    expect(await refusal({ ...settings, YINGLIAN_MIN_FREE_BYTES: String(2 ** 52) })).toMatch(
      /The disk of .* is full: \d+ MiB are free, 4294967296 MiB are needed\. Free some space/,
    );
  });

  // Whoever may not mount one has the spec above only.
  const disk = smallDisk(30);
  afterAll(() => disk?.remove());
  (disk === undefined ? it.skip : it)(
    'is refused when its disk is really full, and when that fills while it starts',
    async () => {
      const there = { ...settings, YINGLIAN_HOME: join(disk?.folder ?? '', 'home') };
      expect(await refusal({ ...there, YINGLIAN_MIN_FREE_BYTES: '0' })).toMatch(
        /The disk of .* is full: \d+ MiB are free, 32 MiB are needed/,
      );
      disk?.fill();
      expect(await refusal(there)).toMatch(/The disk of .* is full: 0 MiB are free, 2048 MiB are needed/);
      expect(readdirSync(there.YINGLIAN_HOME).filter((name) => name.startsWith('home.json.'))).toEqual([]);
    },
    60_000,
  );
});
