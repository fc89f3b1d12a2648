import { type IncomingPart, type PartHead, type PartsBody, type ReadParts, readParts, STATUS } from '@yinglian/dicom';
import { ObjectStoreFull } from '@yinglian/objects';
import type { Check } from '../incoming-file.js';
import type { SeriesPacks } from '../series-packs.js';
import type { FileOutcome } from '../stored-file.js';
import { DescribedInstances } from './described-instances.js';
import { MetadataBroken } from './metadata-errors.js';
import { MetadataPart } from './metadata-part.js';
import { Spool, SpoolFull } from './spool.js';

const IS_METADATA = /^(application\/(dicom\+)?json\s*(;|$)|$)/i;

/** Where the instances go, whether they may, and where their bulk data waits for one another. */
export interface DescribedFiles {
  readonly packs: SeriesPacks;
  readonly check: Check;
  readonly spoolFolder: string;
}

/** Stores the instances of a body that has their metadata first and their bulk data behind it (PS3.18 section 10.5.1.4). */
export async function readDescribed(body: PartsBody, files: DescribedFiles): Promise<ReadParts<FileOutcome>> {
  const spool = new Spool(files.spoolFolder);
  const instances = new DescribedInstances(spool, files.packs, files.check);
  let isFirst = true;
  const begin = (head: PartHead): IncomingPart<FileOutcome | undefined> => {
    if (!isFirst) return instances.begin(head);
    isFirst = false;
    if (!IS_METADATA.test(head.contentType)) throw new MetadataBroken('The first part is not metadata in JSON');
    return new MetadataPart(instances);
  };
  try {
    const { outcomes, broken } = await readParts(body, begin);
    const unwanted = (await Promise.all(outcomes)).filter((outcome) => outcome !== undefined);
    const missing = broken instanceof SpoolFull ? STATUS.outOfResources : STATUS.dataSetDoesNotMatch;
    return { outcomes: [...instances.outcomes(missing), ...unwanted], ...(broken === undefined ? {} : { broken }) };
  } catch (error) {
    const outcomes = instances.outcomes(STATUS.outOfResources);
    // What is stored by then is told, and nothing more is read.
    if (error instanceof ObjectStoreFull && outcomes.length > 0) return { outcomes };
    throw error;
  } finally {
    await spool.close();
  }
}
