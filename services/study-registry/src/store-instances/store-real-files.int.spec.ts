import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DicomJson, parseHeader, STATUS, summarise } from '@yinglian/dicom';
import {
  ctSeries,
  fileOf,
  machineHas,
  multipart,
  peerScript,
  peersPython,
  runProgram,
  storableFiles,
  unstorableFiles,
} from '@yinglian/testing';
import { RegistryService } from '../testing/registry-service.js';

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

(machineHas('pydicom') ? describe : describe.skip)('STOW-RS at the registry, of what there is', () => {
  let registry: RegistryService;
  let folder: string;
  beforeAll(async () => {
    registry = await RegistryService.start();
    folder = await mkdtemp(join(tmpdir(), 'yinglian-stow-'));
  });
  afterAll(async () => {
    await registry.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('stores real files of all kinds byte for byte, and keeps others of the same UID aside', async () => {
    // What file meta information says of the UIDs is otherwise in some.
    const files = storableFiles().map((file) => ({ ...file, uid: summarise(parseHeader(file.bytes)).sopInstanceUid }));
    const { status, json } = await registry.stow(Buffer.from(multipart(files.map(({ bytes }) => bytes))));
    const stored: DicomJson[] = json['00081199'].Value;
    const failed: DicomJson[] = json['00081198'].Value;
    expect([status, stored.length + failed.length, json['0008119A']]).toEqual([202, files.length, undefined]);
    const uidOf = (item: DicomJson) => item['00081155']?.Value?.[0];
    expect(new Set(stored.map(uidOf))).toEqual(new Set(files.map(({ uid }) => uid)));
    for (const item of failed) {
      const same = files.filter(({ uid }) => uid === uidOf(item));
      const versions = new Set(same.map(({ dataSetSha256 }) => dataSetSha256));
      expect([versions.size > 1, item['00081197']?.Value]).toEqual([true, [STATUS.duplicateInstance]]);
    }
    for (const item of stored) {
      const path = String(item['00081190']?.Value?.[0]).replace(registry.address, '');
      const { body } = await registry.get(path, 'application/dicom; transfer-syntax=*');
      const ofUid = files.filter(({ uid }) => uid === uidOf(item)).map((file) => file.sha256);
      expect(ofUid).toContain(sha256(body));
    }
  }, 60_000);

  it('refuses each file that cannot be stored with its reason', async () => {
    for (const { name, bytes, status: expected } of unstorableFiles()) {
      const { status, json } = await registry.stow(Buffer.from(multipart([bytes])));
      const [failure] = [...(json['00081198']?.Value ?? []), ...(json['0008119A']?.Value ?? [])];
      expect([name, status, failure?.['00081197']?.Value]).toEqual([name, 409, [expected]]);
    }
  });

  it('stores what dicomweb-client sends, as it sends it', async () => {
    const { slices, studyInstanceUid, seriesInstanceUid } = ctSeries(3);
    const paths = slices.map(({ sopInstanceUid }) => join(folder, sopInstanceUid));
    await Promise.all(slices.map((slice, at) => writeFile(paths[at] ?? '', fileOf(slice))));
    const args = [peerScript('dicomweb-store.py'), `${registry.address}/dicom-web`, await registry.stowToken()];
    const { stdout, output } = await runProgram(peersPython, args, paths.join('\n'));
    if (stdout === '') throw new Error(output);
    const answers = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(answers.map(({ stored }) => stored)).toEqual(slices.map(({ sopInstanceUid }) => [sopInstanceUid]));
    const series = `/dicom-web/studies/${studyInstanceUid}/series/${seriesInstanceUid}`;
    for (const [at, { sopInstanceUid }] of slices.entries()) {
      const { body } = await registry.get(`${series}/instances/${sopInstanceUid}`, 'application/dicom');
      expect([sha256(body)]).toEqual(answers[at].sent);
    }
  });
});
