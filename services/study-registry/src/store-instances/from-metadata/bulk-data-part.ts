import type { IncomingPart } from '@yinglian/dicom';
import type { FileOutcome, FinishedFile } from '../stored-file.js';
import type { BulkData } from './bulk-data.js';

/** A part on its way to the instances that refer to it. Throws SpoolFull, ObjectStoreFull. */
export class BulkDataPart implements IncomingPart<FileOutcome | undefined> {
  constructor(
    private readonly bulk: BulkData,
    private readonly whole: (bulk: BulkData) => Promise<FileOutcome | undefined>,
  ) {}

  write(bytes: Buffer): Promise<void> | undefined {
    return this.bulk.bytes.write(bytes);
  }

  async finish(): Promise<{ outcome: FinishedFile['outcome'] | undefined }> {
    return { outcome: await this.whole(this.bulk) };
  }

  async discard(): Promise<void> {
    this.bulk.bytes.release();
  }
}
