import { type IncomingPart, JsonModelError, NativeModelReader } from '@yinglian/dicom';
import type { FileOutcome } from '../stored-file.js';
import type { DescribedInstances } from './described-instances.js';
import { MetadataTooLong } from './metadata-errors.js';
import { METADATA_LIMITS } from './metadata-limits.js';

/** The metadata of one instance in XML (PS3.19 section A.1). Throws MetadataTooLong. */
export class NativeModelPart implements IncomingPart<FileOutcome | undefined> {
  private readonly reader = new NativeModelReader();
  private length = 0;
  private isBroken = false;

  constructor(private readonly instances: DescribedInstances) {}

  async write(bytes: Buffer): Promise<void> {
    this.length += bytes.length;
    if (this.length > METADATA_LIMITS.bytesOfObject) {
      throw new MetadataTooLong('The metadata of an instance are too long');
    }
    if (!this.isBroken) this.read(() => this.reader.write(bytes));
  }

  async finish(): Promise<{ outcome: undefined }> {
    if (!this.isBroken) this.read(() => this.reader.close());
    if (this.isBroken) this.instances.refuse(this.reader.dataSet);
    else await this.instances.describeAlone(this.reader.dataSet);
    return { outcome: undefined };
  }

  async discard(): Promise<void> {}

  private read(some: () => void): void {
    try {
      some();
    } catch (error) {
      if (!(error instanceof JsonModelError)) throw error;
      this.isBroken = true;
    }
  }
}
