import { type IncomingPart, JsonArrayError, JsonObjects, MOST_PARTS } from '@yinglian/dicom';
import type { FileOutcome } from '../stored-file.js';
import type { DescribedInstances } from './described-instances.js';
import { MetadataBroken, MetadataTooLong } from './metadata-errors.js';
import { METADATA_LIMITS } from './metadata-limits.js';

/** The metadata of all instances (PS3.18 section F.2.1), read one by one while they come. Throws MetadataBroken, MetadataTooLong. */
export class MetadataPart implements IncomingPart<FileOutcome | undefined> {
  private readonly objects = new JsonObjects(METADATA_LIMITS);
  private readonly text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  private read = 0;

  constructor(private readonly instances: DescribedInstances) {}

  async write(bytes: Buffer): Promise<void> {
    try {
      for (const object of this.objects.read(bytes)) {
        this.read += 1;
        if (this.read > MOST_PARTS) throw new MetadataTooLong(`There are more than ${MOST_PARTS} instances`);
        await this.instances.describe(this.parsed(object));
      }
    } catch (error) {
      throw asRefused(error);
    }
  }

  async finish(): Promise<{ outcome: undefined }> {
    try {
      this.objects.end();
    } catch (error) {
      throw asRefused(error);
    }
    await this.instances.storeWhole();
    return { outcome: undefined };
  }

  async discard(): Promise<void> {}

  private parsed(object: Buffer): object {
    try {
      return JSON.parse(this.text.decode(object));
    } catch {
      // What the parser says of it would name values.
      throw new MetadataBroken('The metadata are no JSON in UTF-8');
    }
  }
}

function asRefused(error: unknown): unknown {
  if (!(error instanceof JsonArrayError)) return error;
  return error.isTooLong ? new MetadataTooLong(error.message) : new MetadataBroken(error.message);
}
