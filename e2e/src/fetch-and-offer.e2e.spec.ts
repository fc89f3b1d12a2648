import { createHash } from 'node:crypto';
import { glob, readFile, truncate, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseHeader } from '@yinglian/dicom';
import { MllpClient } from '@yinglian/hl7';
import {
  type CtSeries,
  ctSeries,
  fileOf,
  HospitalPacs,
  machineHas,
  type Province,
  startProvince,
} from '@yinglian/testing';
import type { Browser } from 'playwright-core';
import { launchBrowser, signInAsSample, widthBeyondScreen } from './browser.js';
import { eventually } from './eventually.js';
import { returnedHashes, sentHashes, untilComplete } from './main-job.js';
import { sendSeries } from './send-files.js';

/** Among the titles that may send to every sample gateway. */
const PACS = 'STORESCU';
/** Well formed, and nobody's: by it the province knows that two hospitals speak of one person. */
const RESIDENT_ID = '110105198001011238';
const DAY_MS = 86_400_000;

(machineHas('orthanc', 'dcmtk') ? describe : describe.skip)('a hospital with a PACS', () => {
  let province: Province;
  let pacs: HospitalPacs;
  let browser: Browser | undefined;
  let fetched: CtSeries;
  beforeAll(async () => {
    // A study of which RIS counts more images is given up waiting for soon.
    province = await startProvince({ environment: { STUDY_UNFINISHED_MS: '1500' } });
    const { aeTitle, dicomPort } = hospital('H001');
    pacs = await HospitalPacs.start([{ aeTitle, port: dicomPort }], { DicomAet: PACS });
    const path = join(province.home, 'hospital-files', 'H001.json');
    const devices = [{ aeTitle: PACS, kind: 'pacs', host: '127.0.0.1', port: pacs.dicomPort }];
    const settings = JSON.parse(await readFile(path, 'utf8'));
    await writeFile(path, JSON.stringify({ ...settings, devices, priors: { destination: PACS } }));
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await pacs?.stop();
    await province?.stop();
  }, 110_000);

  const hospital = (code: string) => {
    const found = province.endpoints.hospitals.find((candidate) => candidate.code === code);
    if (found === undefined) throw new Error(`There is no hospital ${code}`);
    return found;
  };

  /** HIS or RIS of H001 sends a message. */
  const hear = async (segments: readonly string[]) => {
    const sender = await MllpClient.connect(hospital('H001').hl7Port);
    const answer = await sender.send(Buffer.from(segments.map((segment) => `${segment}\r`).join('')));
    sender.close();
    expect(answer.toString()).toMatch(/MSA\|AA/);
  };
  /** The gateway holds a day against the registry, as it does each night, and reports it. */
  const reconcile = async (day: string) => {
    const { url, username, password } = hospital('H001').page;
    const post = (path: string, body: object, cookie = '') =>
      fetch(`${url}/api/gateway/${path}`, {
        method: 'POST',
        headers: { origin: url, cookie, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const opened = await post('session', { username, password });
    const [cookie = ''] = opened.headers.getSetCookie();
    const reconciled = await post('exams/reconcile', { day }, cookie.split(';')[0]);
    expect(reconciled.status).toBe(200);
  };

  it('is asked for a study that is missing, and a clinician opens it byte for byte', async () => {
    const missing = ctSeries(3);
    await pacs.store(missing.slices.map(fileOf));
    const headers = { authorization: `Bearer ${await province.token('dr.lin')}`, 'content-type': 'application/json' };
    const requests = `${province.endpoints.edge}/api/study-registry/study-requests`;
    const wanted = { hospital: 'H001', studyInstanceUid: missing.studyInstanceUid };
    const asked = await fetch(requests, { method: 'POST', headers, body: JSON.stringify(wanted) });
    const { requestId } = (await asked.json()) as { requestId: string };
    await eventually('it is fetched', async () => {
      const shown = await fetch(`${requests}/${requestId}`, { headers });
      return ((await shown.json()) as { state: string }).state === 'fetched';
    });
    await untilComplete(province, 'dr.lin', missing);
    expect(await returnedHashes(province, 'dr.lin', missing)).toEqual(sentHashes(missing));
    fetched = missing;
  }, 120_000);

  it('sends again what the province’s disk has damaged and no replica has', async () => {
    const pack = await packOf(province.home, fetched.studyInstanceUid);
    await truncate(pack, 1_000);
    await expect(returnedHashes(province, 'dr.lin', fetched)).rejects.toThrow();
    const headers = { authorization: `Bearer ${await province.token('admin')}` };
    const scrub = `${province.endpoints.edge}/api/study-registry/scrub`;
    await eventually('it is healed', async () => {
      await fetch(`${scrub}/packs/${basename(pack)}`, { method: 'POST', headers });
      const healed = await fetch(`${scrub}/damages?state=healed`, { headers });
      const { damages } = (await healed.json()) as { damages: { digest: string; healedFrom: string }[] };
      return damages.some(({ digest, healedFrom }) => digest === basename(pack) && healedFrom === 'hospital');
    });
    expect(await returnedHashes(province, 'dr.lin', fetched)).toEqual(sentHashes(fetched));
  }, 120_000);

  (machineHas('chromium') ? it : it.skip)(
    'is asked for what is missing of an exam from the portal, without a mouse',
    async () => {
      const day = new Date(Date.now() - 3 * DAY_MS).toISOString().slice(0, 10);
      const series = madeOn(day.replaceAll('-', ''), ctSeries(3));
      await pacs.store(series.slices.map(fileOf));
      await hear(performedExam(series.patientId, day.replaceAll('-', ''), 3));
      await sendSeries(hospital('H001'), { ...series, slices: series.slices.slice(0, 2) });
      browser = await launchBrowser();
      const page = await (
        await browser.newContext({ locale: 'zh-CN', viewport: { width: 1280, height: 800 } })
      ).newPage();
      page.setDefaultTimeout(30_000);
      await signInAsSample(page, province, 'admin');
      const gap = page.getByRole('button', { name: /影像缺失/ });
      await eventually(
        'the gap is reported',
        async () => {
          await reconcile(day);
          await page.goto(`${province.endpoints.edge}/completeness`);
          await gap.waitFor({ timeout: 3_000 });
          return true;
        },
        60_000,
      );
      await gap.press('Enter');
      const dialog = page.getByRole('dialog', { name: new RegExp(day) });
      const missing = dialog.getByRole('listitem').filter({ hasText: series.studyInstanceUid }).first();
      await missing.getByRole('button', { name: /^从医院调取/ }).press('Enter');
      await missing.getByText('已到达').waitFor({ timeout: 60_000 });
      await missing.getByText('平台已有 3 幅').waitFor();
      await dialog.getByLabel('检查号', { exact: true }).fill('NOSUCH');
      await dialog.getByLabel('检查号', { exact: true }).press('Enter');
      const unknown = dialog.getByRole('listitem').filter({ hasText: '检查号 NOSUCH' });
      await unknown.getByText('医院 PACS 中没有').waitFor();
      await page.setViewportSize({ width: 390, height: 844 });
      await eventually('the dialog fits a phone', async () => (await dialog.boundingBox())?.x === 0);
      expect(await widthBeyondScreen(page)).toBe(0);
      expect(await returnedHashes(province, 'dr.lin', series)).toEqual(sentHashes(series));
    },
    240_000,
  );

  it('gets what another one has made of a patient who visits it', async () => {
    const prior = madeOf('司徒^雨桐', ctSeries(2, RESIDENT_ID));
    await sendSeries(hospital('H002'), prior);
    await untilComplete(province, 'dr.chen', prior);
    const segments = [
      'MSH|^~\\&|HIS|H1|GW|P|20261124101500||ADT^A01|E2EP|P|2.4|||||CHN|UNICODE UTF-8',
      'EVN|A01|20261124101500',
      `PID|1||LOCAL1||司徒^雨桐||19800101|O${'|'.repeat(11)}${RESIDENT_ID}`,
      'PV1|1|I|||||||||||||||||V9',
    ];
    await hear(segments);
    const uids = prior.slices.map(({ sopInstanceUid }) => sopInstanceUid);
    const came = await eventually('the priors come', async () => {
      const files = (await pacs.files()).map((file) => parseHeader(file).dataSet);
      const found = files.filter((dataSet) => uids.includes(dataSet.string('x00080018') ?? ''));
      return found.length === uids.length && found;
    });
    const ids = came.map((dataSet) => {
      const [original] = dataSet.elements.x00101002?.items ?? [];
      return ['x00100020', 'x00100021'].flatMap((tag) => [dataSet.string(tag), original?.dataSet?.string(tag)]);
    });
    const id = ['LOCAL1', RESIDENT_ID, undefined, 'H002'];
    expect(ids).toEqual([id, id]);
  }, 120_000);
});

/** Where the province keeps the bytes of a study. */
async function packOf(home: string, studyUid: string): Promise<string> {
  for await (const path of glob(join(home, 'objects', 'packs', '**', '*')))
    if (/^[0-9a-f]{64}$/.test(basename(path)) && (await readFile(path)).includes(studyUid)) return path;
  throw new Error('The province has no pack of it');
}

/** The day of all invented series. */
const INVENTED_DAY = '20260105';

/** The same series of somebody with a name, as long as the invented one: whoever is called a test is linked by no program. */
function madeOf(name: string, series: CtSeries): CtSeries {
  const slices = series.slices.map((slice) => {
    const dataSet = Buffer.from(slice.dataSet);
    dataSet.write(name, dataSet.indexOf('测试^病人'), 'utf8');
    return { ...slice, dataSet };
  });
  return { ...series, slices };
}

/** The same series of another day, YYYYMMDD: an exam of half a year later is another one. */
function madeOn(day: string, series: CtSeries): CtSeries {
  const slices = series.slices.map((slice) => {
    const dataSet = Buffer.from(slice.dataSet.toString('latin1').replaceAll(INVENTED_DAY, day), 'latin1');
    return { ...slice, dataSet, sha256: createHash('sha256').update(dataSet).digest('hex') };
  });
  return { ...series, slices };
}

/** RIS reports an exam of that day (YYYYMMDD), and counts its images. */
const performedExam = (patientId: string, day: string, images: number): string[] => [
  `MSH|^~\\&|RIS|H1|GW|P|${day}101500||ORU^R01|E2EM|P|2.4|||||CHN|UNICODE UTF-8`,
  `PID|1||${patientId}||测试^病人||19800101|O`,
  `OBR|1|SQM|RM|CT0102^胸部CT平扫||${day}080000|${day}081500|||||||||||A${patientId}||||${day}100000||CT|F`,
  'OBX|1|TX|1^所见||正常||||||F',
  `OBX|2|NM|00201208^图像数||${images}||||||F`,
];
