import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dicomJsonOf, parseHeader, summarise } from '@yinglian/dicom';
import {
  machineHas,
  multipart,
  peerScript,
  peersPython,
  realFiles,
  runProgram,
  type StorableFile,
  storableFiles,
  storescuProfile,
  unstorableFiles,
  WireTap,
} from '@yinglian/testing';
import { eventually, TestGateway } from '../testing/test-gateway.js';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
/** DCMTK finds no SOP UIDs in these: all their elements are of VR UN. */
const UNREADABLE_BY_DCMTK = /\/rtdose_rle(_1frame)?\.dcm$/;

(machineHas('dcmtk', 'pydicom') ? describe : describe.skip)('real files of all kinds', () => {
  let gateway: TestGateway;
  let folder: string;
  let files: StorableFile[];
  /** Of files that differ in their file meta information only, the first: it is the one that is kept (ADR 0008). */
  let distinct: StorableFile[];

  beforeAll(async () => {
    files = storableFiles();
    distinct = [...new Map([...files].reverse().map((file) => [file.dataSetSha256, file])).values()];
    folder = await mkdtemp(join(tmpdir(), 'yinglian-real-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  beforeAll(async () => {
    gateway = await TestGateway.start();
  });
  afterAll(() => gateway.stop());

  /** What the registry has by now: of each file its data set's digest, or the whole file's. */
  const received = async (of: 'dataSet' | 'file') =>
    new Set(
      (await gateway.province.instances()).map(({ entry, file }) =>
        sha256(of === 'file' ? file : file.subarray(entry.dataSetOffset)),
      ),
    );

  const arrival = async (of: 'dataSet' | 'file', digests: readonly string[]) => {
    expect(digests.length).toBeGreaterThan(0);
    const missing = async () => {
      const there = await received(of);
      return digests.filter((digest) => !there.has(digest));
    };
    await eventually('all is at the registry', async () => (await missing()).length === 0).catch(() => undefined);
    expect(await missing()).toEqual([]);
  };

  it('are many, and of many kinds', () => {
    const kinds = (kind: (file: StorableFile) => string) => new Set(files.map(kind)).size;
    expect(files.length).toBeGreaterThan(150);
    expect(kinds(({ transferSyntaxUid }) => transferSyntaxUid)).toBeGreaterThanOrEqual(11);
    expect(kinds(({ sopClassUid }) => sopClassUid)).toBeGreaterThanOrEqual(13);
    const summaries = files.map(({ bytes }) => ({ summary: summarise(parseHeader(bytes)), bytes }));
    const has = (what: (summary: ReturnType<typeof summarise>) => boolean) =>
      summaries.some(({ summary }) => what(summary));
    expect(has(({ patient }) => patient.name.ideographic === '王^小东')).toBe(true);
    expect(has(({ patient }) => patient.name.ideographic === '山田^太郎')).toBe(true);
    expect(has(({ patient }) => patient.name.ideographic === '洪^吉洞')).toBe(true);
    expect(has(({ patient }) => patient.id === '')).toBe(true);
    expect(has(({ studyDate }) => studyDate === '')).toBe(true);
    expect(files.length + unstorableFiles().length).toBe(realFiles().length);
  });

  it('sent whole by STOW-RS end in packs byte for byte', async () => {
    const answer = await gateway.stow(multipart(files.map(({ bytes }) => bytes)));
    expect({ status: answer.status, failed: answer.body['00081198'] ?? answer.body['0008119A'] }).toEqual({
      status: 200,
      failed: undefined,
    });
    expect(answer.body['00081199']?.Value).toHaveLength(files.length);
    await arrival(
      'file',
      distinct.map((file) => file.sha256),
    );
  });

  it('can be read by the registry’s own rules', async () => {
    const instances = await gateway.province.instances();
    expect(instances.length).toBeGreaterThan(0);
    for (const { manifest, entry, file } of instances) {
      const header = parseHeader(file);
      const { studyInstanceUid, seriesInstanceUid, sopInstanceUid, transferSyntaxUid } = summarise(header);
      expect({ studyInstanceUid, seriesInstanceUid, sopInstanceUid, transferSyntaxUid }).toEqual({
        studyInstanceUid: manifest.studyInstanceUid,
        seriesInstanceUid: manifest.seriesInstanceUid,
        sopInstanceUid: entry.sopInstanceUid,
        transferSyntaxUid: entry.transferSyntaxUid,
      });
      expect(header.dataSetOffset).toBe(entry.dataSetOffset);
      expect(dicomJsonOf(header)['0020000D']?.Value).toEqual([studyInstanceUid]);
    }
  });

  it('that cannot be stored are refused one by one with their reasons', async () => {
    const left = unstorableFiles();
    expect(left.length).toBeGreaterThan(0);
    for (const { name, bytes, status } of left) {
      const { status: answered, body } = await gateway.stow(multipart([bytes]));
      const [failure] = (body['00081198'] ?? body['0008119A'])?.Value ?? [];
      expect({ name, answered, reason: failure }).toEqual({
        name,
        answered: 409,
        reason: expect.objectContaining({ '00081197': { vr: 'US', Value: [status] } }),
      });
    }
  });

  it('sent by pynetdicom end in packs with their data sets byte for byte', async () => {
    const input = distinct.map(({ path }) => path).join('\n');
    const args = [peerScript('pynetdicom-store.py'), String(gateway.dicomPort), 'H001GW', 'PYNETDICOM'];
    const { code, output, stdout } = await runProgram(peersPython, args, input);
    expect({ code, output }).toEqual({ code: 0, output: expect.any(String) });
    const answers = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    // pynetdicom takes the command's UIDs from the file meta information, which in some files names another instance.
    const agrees = ({ bytes, sopInstanceUid }: StorableFile) =>
      summarise(parseHeader(bytes)).sopInstanceUid === sopInstanceUid;
    const statuses = new Map(answers.map(({ path, status }) => [path, status]));
    expect(distinct.map(({ name, path }) => ({ name, status: statuses.get(path) }))).toEqual(
      distinct.map((file) => ({ name: file.name, status: agrees(file) ? 0 : 0xa900 })),
    );
    expect(distinct.filter((file) => !agrees(file)).length).toBeLessThan(10);
    await arrival(
      'dataSet',
      distinct.filter(agrees).map((file) => file.dataSetSha256),
    );
  }, 120_000);

  it('sent by storescu in their own transfer syntaxes end in packs with what was on the wire', async () => {
    const sent = distinct.filter(({ name }) => !UNREADABLE_BY_DCMTK.test(name));
    const profile = join(folder, 'profile.cfg');
    await writeFile(profile, storescuProfile(sent));
    const tap = await WireTap.before(gateway.dicomPort);
    const { output } = await gateway.storescu(
      sent.map(({ path }) => path),
      ['-nh', '-xf', profile, 'Own'],
      tap.port,
    );
    await tap.stop();
    expect(output.match(/Received Store Response \(Success\)/g)).toHaveLength(sent.length);
    expect(tap.dataSets).toHaveLength(sent.length);
    await arrival('dataSet', tap.dataSets);
  }, 120_000);

  it('sent by dicomweb-client end in packs with the bytes that it put in its requests', async () => {
    const args = [peerScript('dicomweb-store.py'), `${gateway.url}/dicom-web`, await gateway.token()];
    const { stdout } = await runProgram(peersPython, args, distinct.map(({ path }) => path).join('\n'));
    const answers = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(answers.filter(({ stored }) => stored?.length !== 1)).toEqual([]);
    expect(answers).toHaveLength(distinct.length);
    await arrival(
      'file',
      answers.flatMap(({ sent }) => sent),
    );
  }, 120_000);

  it('leave no trace of their patients in what the gateway logs and measures', async () => {
    const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
    const said = `${gateway.output}${metrics}`;
    expect(said).toContain('DICOM is spoken');
    const patients = files.flatMap(({ bytes }) => {
      const { patient } = summarise(parseHeader(bytes));
      return [patient.id, ...Object.values(patient.name)];
    });
    // Short ones are in any hexadecimal number.
    const telling = [...new Set(patients)].filter((text) => text !== undefined && text.length > 4);
    expect(telling.length).toBeGreaterThan(20);
    expect(telling.filter((text) => said.includes(text))).toEqual([]);
  });
});
