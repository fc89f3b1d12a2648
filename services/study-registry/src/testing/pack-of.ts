import { createHash } from 'node:crypto';
import { type PackInstance, type PackManifest, packEnding, parseHeader, summarise } from '@yinglian/dicom';

export interface TestPack {
  readonly bytes: Buffer;
  readonly digest: string;
  readonly manifest: PackManifest;
}

export const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** A pack of Part 10 files of one series, as a gateway makes it; `change` breaks its manifest. */
export function packOf(
  hospital: string,
  files: readonly Buffer[],
  change: (manifest: PackManifest) => PackManifest = (manifest) => manifest,
): TestPack {
  let offset = 0;
  let study = '';
  let series = '';
  const instances = files.map((file): PackInstance => {
    const header = parseHeader(file);
    const summary = summarise(header);
    study = summary.studyInstanceUid;
    series = summary.seriesInstanceUid;
    const instance: PackInstance = {
      sopInstanceUid: summary.sopInstanceUid,
      sopClassUid: summary.sopClassUid,
      transferSyntaxUid: summary.transferSyntaxUid,
      offset,
      length: file.length,
      dataSetOffset: header.dataSetOffset,
      dataSetSha256: sha256(file.subarray(header.dataSetOffset)),
      receivedAt: '2026-11-24T08:00:00.000Z',
      callingAeTitle: 'STORESCU',
      via: 'C-STORE',
    };
    offset += file.length;
    return instance;
  });
  const manifest = change({ version: 1, hospital, studyInstanceUid: study, seriesInstanceUid: series, instances });
  const bytes = Buffer.concat([...files, packEnding(manifest)]);
  return { bytes, digest: sha256(bytes), manifest };
}
