import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseHeader } from '@yinglian/dicom';
import { MllpClient } from '@yinglian/hl7';
import { ctSeries, fileOf, HospitalPacs, machineHas, type Province, startProvince } from '@yinglian/testing';
import { eventually } from './eventually.js';
import { returnedHashes, sentHashes, untilComplete } from './main-job.js';
import { sendSeries } from './send-files.js';

/** Among the titles that may send to every sample gateway. */
const PACS = 'STORESCU';
/** Well formed, and nobody's: by it the province knows that two hospitals speak of one person. */
const RESIDENT_ID = '110105198001011238';

(machineHas('orthanc', 'dcmtk') ? describe : describe.skip)('a hospital with a PACS', () => {
  let province: Province;
  let pacs: HospitalPacs;
  beforeAll(async () => {
    province = await startProvince();
    const { aeTitle, dicomPort } = hospital('H001');
    pacs = await HospitalPacs.start([{ aeTitle, port: dicomPort }], { DicomAet: PACS });
    const path = join(province.home, 'hospital-files', 'H001.json');
    const devices = [{ aeTitle: PACS, kind: 'pacs', host: '127.0.0.1', port: pacs.dicomPort }];
    const settings = JSON.parse(await readFile(path, 'utf8'));
    await writeFile(path, JSON.stringify({ ...settings, devices, priors: { destination: PACS } }));
  }, 180_000);
  afterAll(async () => {
    await pacs?.stop();
    await province?.stop();
  }, 110_000);

  const hospital = (code: string) => {
    const found = province.endpoints.hospitals.find((candidate) => candidate.code === code);
    if (found === undefined) throw new Error(`There is no hospital ${code}`);
    return found;
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
  }, 120_000);

  it('gets what another one has made of a patient who visits it', async () => {
    const prior = ctSeries(2, RESIDENT_ID);
    await sendSeries(hospital('H002'), prior);
    await untilComplete(province, 'dr.chen', prior);
    const his = await MllpClient.connect(hospital('H001').hl7Port);
    const segments = [
      'MSH|^~\\&|HIS|H1|GW|P|20261124101500||ADT^A01|E2EP|P|2.4|||||CHN|UNICODE UTF-8',
      'EVN|A01|20261124101500',
      `PID|1||LOCAL1||测试^病人||19800101|O${'|'.repeat(11)}${RESIDENT_ID}`,
      'PV1|1|I|||||||||||||||||V9',
    ];
    await his.send(Buffer.from(segments.map((segment) => `${segment}\r`).join('')));
    his.close();
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
