import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseHeader, summarise } from '@yinglian/dicom';
import {
  DicomWebClient,
  dataSetOf,
  firstValue,
  machineHas,
  type Province,
  peerScript,
  peersPython,
  runProgram,
  type StorableFile,
  startProvince,
  storableFiles,
} from '@yinglian/testing';
import { eventually } from './eventually.js';
import { hospitalOf } from './main-job.js';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Files of different instances, those of one study together: a study belongs to the hospital that sent it first. */
function filesByStudy(): Map<string, StorableFile[]> {
  const seen = new Set<string>();
  const studies = new Map<string, StorableFile[]>();
  for (const file of storableFiles()) {
    const { studyInstanceUid, sopInstanceUid } = summarise(parseHeader(file.bytes));
    // pynetdicom takes an instance's UID from the file meta information, which in some files names another one.
    if (seen.has(sopInstanceUid) || sopInstanceUid !== file.sopInstanceUid) continue;
    seen.add(sopInstanceUid);
    studies.set(studyInstanceUid, [...(studies.get(studyInstanceUid) ?? []), file]);
  }
  return studies;
}

(machineHas('pydicom') ? describe : describe.skip)('public DICOM files of all kinds', () => {
  let province: Province;
  const studies = [...filesByStudy()];
  const byCStore = studies.filter((_, place) => place % 2 === 0);
  const byStow = studies.filter((_, place) => place % 2 === 1);
  const pathsOf = (some: typeof studies) => some.flatMap(([, files]) => files.map(({ path }) => path)).join('\n');
  beforeAll(async () => {
    province = await startProvince();
  }, 180_000);
  afterAll(() => province.stop(), 60_000);

  /** What comes back of the studies, hashed, when all of it has come. */
  const returned = async (some: typeof studies, username: string, hash: (file: Buffer) => string) => {
    const client = new DicomWebClient(province.endpoints.dicomweb, await province.token(username));
    const hashes = some.map(([uid, { length }]) =>
      eventually(`study ${uid} with ${length} instances`, async () => {
        const [study] = await client.find(`/studies?StudyInstanceUID=${uid}`);
        return firstValue(study, '00201208') === length && (await client.retrieve(`/studies/${uid}`)).map(hash);
      }),
    );
    return (await Promise.all(hashes)).flat().sort();
  };

  it('come back as they were sent by C-STORE, data set by data set', async () => {
    const { dicomPort, aeTitle } = hospitalOf(province, 'H001');
    const { code, stdout } = await runProgram(
      peersPython,
      [peerScript('pynetdicom-store.py'), String(dicomPort), aeTitle, 'PYNETDICOM'],
      pathsOf(byCStore),
    );
    const statuses = stdout
      .trim()
      .split('\n')
      .map((line): { status: number } => JSON.parse(line));
    expect([code, statuses.filter(({ status }) => status !== 0)]).toEqual([0, []]);
    const sent = byCStore.flatMap(([, files]) => files.map(({ dataSetSha256 }) => dataSetSha256)).sort();
    expect(sent.length).toBeGreaterThan(30);
    expect(await returned(byCStore, 'dr.lin', (file) => sha256(dataSetOf(file)))).toEqual(sent);
  }, 180_000);

  it('come back as they were sent by STOW-RS, file by file', async () => {
    const { stow } = hospitalOf(province, 'H002');
    const { stdout } = await runProgram(
      peersPython,
      [peerScript('dicomweb-store.py'), stow, await province.token('dr.chen')],
      pathsOf(byStow),
    );
    const requests = stdout
      .trim()
      .split('\n')
      .map((line): { sent: string[]; error?: string } => JSON.parse(line));
    expect(requests.filter(({ error }) => error !== undefined)).toEqual([]);
    const sent = requests.flatMap((request) => request.sent).sort();
    expect(sent.length).toBeGreaterThan(30);
    expect(await returned(byStow, 'dr.chen', sha256)).toEqual(sent);
  }, 180_000);

  it('can be read as metadata, each of them, and shown as a thumbnail or not at all', async () => {
    const client = new DicomWebClient(province.endpoints.dicomweb, await province.token('dr.lin'));
    for (const [uid, files] of byCStore) {
      const metadata = await client.get(`/studies/${uid}/metadata`);
      expect([uid, metadata.status, metadata.json<object[]>().length]).toEqual([uid, 200, files.length]);
      const thumbnail = await client.get(`/studies/${uid}/thumbnail`, 'image/jpeg');
      expect([uid, [200, 404, 406].includes(thumbnail.status)]).toEqual([uid, true]);
    }
  }, 120_000);
});
