import { createHash } from 'node:crypto';
import type { StoredInstance } from '../storage/study-contents.js';
import type { SeriesRow, StudyRow } from '../storage/study-row.js';

export interface ManifestSeries {
  readonly row: SeriesRow;
  readonly instances: readonly StoredInstance[];
}

/** What a manifest says of a study, whatever its form. */
export interface Manifest {
  readonly study: StudyRow;
  readonly series: readonly ManifestSeries[];
  readonly updatedAt: Date;
  readonly utcOffset: string;
  /** Retrieve URL (0008,1190): the base of WADO-RS, which /studies/… follows. */
  readonly wadoRoot: string;
  readonly retrieveLocationUid: string;
  /** Institution Name (0008,0080) of whoever made it. */
  readonly institution: string;
}

/** A UID that follows from a text (PS3.5 annex B.2): the same for all who make it. */
export function derivedUid(text: string): string {
  return `2.25.${BigInt(`0x${derivedUuid(text).replaceAll('-', '')}`)}`;
}

/** A UUID that follows from a text (RFC 9562, version 8). */
export function derivedUuid(text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The same as long as everything that the manifest says is: another version of the study has another. */
export function manifestUid({ series, ...said }: Manifest, form: string): string {
  const hash = createHash('sha256').update(JSON.stringify({ form, ...said }));
  for (const { row, instances } of series) {
    // What is read of a series when somebody asks says nothing here.
    hash.update(JSON.stringify({ ...row, told: null }));
    for (const { sopInstanceUid, dataSetSha256 } of instances) hash.update(`${sopInstanceUid} ${dataSetSha256}\n`);
  }
  return derivedUid(hash.digest('hex'));
}
