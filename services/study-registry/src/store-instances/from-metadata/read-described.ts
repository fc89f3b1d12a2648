import {
  type IncomingPart,
  type PartHead,
  type PartsBody,
  type ReadParts,
  readParts,
  STATUS,
  type StowContent,
} from '@yinglian/dicom';
import { ObjectStoreFull } from '@yinglian/objects';
import type { Check } from '../incoming-file.js';
import type { SeriesPacks } from '../series-packs.js';
import type { FileOutcome } from '../stored-file.js';
import { DescribedInstances } from './described-instances.js';
import { MetadataBroken } from './metadata-errors.js';
import { MetadataPart } from './metadata-part.js';
import { NativeModelPart } from './native-model-part.js';
import { Spool, SpoolFull } from './spool.js';

const IS_JSON = /^(application\/(dicom\+)?json\s*(;|$)|$)/i;
const IS_XML = /^application\/dicom\+xml\s*(;|$)/i;

/** Where the instances go, whether they may, and where their bulk data waits for one another. */
export interface DescribedFiles {
  readonly packs: SeriesPacks;
  readonly check: Check;
  readonly spoolFolder: string;
}

/** Stores the instances of a body that has their metadata first and their bulk data behind it (PS3.18 section 10.5.1.4). */
export async function readDescribed(
  body: PartsBody,
  content: Exclude<StowContent, 'application/dicom'>,
  files: DescribedFiles,
): Promise<ReadParts<FileOutcome>> {
  const spool = new Spool(files.spoolFolder);
  const instances = new DescribedInstances(spool, files.packs, files.check);
  let isFirst = true;
  const begin = (head: PartHead): IncomingPart<FileOutcome | undefined> => {
    const beginsBody = isFirst;
    isFirst = false;
    if (content === 'application/dicom+xml') {
      if (IS_XML.test(head.contentType)) return new NativeModelPart(instances);
      if (beginsBody) throw new MetadataBroken('The first part is not metadata in XML');
    } else if (beginsBody) {
      if (IS_JSON.test(head.contentType)) return new MetadataPart(instances);
      throw new MetadataBroken('The first part is not metadata in JSON');
    }
    return instances.begin(head);
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
