import { Injectable } from '@nestjs/common';
import { type DicomJson, nativeModelOf } from '@yinglian/dicom';
import { failure, type PersonPrincipal, platformProblems, type Result, success } from '@yinglian/platform';
import { type AcceptedType, choose } from '../domain/accept.js';
import { weakEntityTag } from '../domain/entity-tag.js';
import { cutText, textsAtTags } from '../domain/identified-text.js';
import { identityElements, withIdentity } from '../domain/province-identity.js';
import { instancePath } from '../find-instances/instance-json.js';
import { identityOf } from '../find-studies/study-json.js';
import type { VersionedAddress } from '../open-study/addresses.js';
import { OpenInstancesHandler } from '../open-study/open-instances.handler.js';
import { boundaryFor } from '../retrieve-instances/boundary.js';
import type { Representation } from '../retrieve-instances/representation.js';
import { PackIndexStore } from '../storage/pack-index.store.js';
import { nameOf, type StoredInstance } from '../storage/study-contents.js';
import { jsonArray } from './json-array.js';
import { MetadataTexts } from './metadata-texts.js';
import { withBulkData } from './with-bulk-data.js';

type OfOnePack = [StoredInstance, ...StoredInstance[]];

const XML_TYPE = 'application/dicom+xml';
/** PS3.18 table 10.4.4-1: JSON where nothing is said, XML in parts. */
const OFFERS = [
  { multipart: false, type: 'application/dicom+json' },
  { multipart: false, type: 'application/json' },
  { multipart: true, type: XML_TYPE },
];

/** Everything of the instances but their bulk data, under the province's identity (ADR 0004). */
@Injectable()
export class RetrieveMetadataHandler {
  constructor(
    private readonly openInstances: OpenInstancesHandler,
    private readonly indexes: PackIndexStore,
    private readonly texts: MetadataTexts,
  ) {}

  /** A JSON array, or parts of XML, pack by pack. Failures: the refusal's 403; STUDY_, SERIES_ or INSTANCE_NOT_FOUND; NOT_ACCEPTABLE. */
  async execute(
    caller: PersonPrincipal,
    address: VersionedAddress,
    accepted: readonly AcceptedType[],
  ): Promise<Result<Representation>> {
    const opened = await this.openInstances.execute(caller, address, 'part of a view');
    if (!opened.ok) return opened;
    const offer = choose(accepted, OFFERS);
    if (offer === undefined) return failure(platformProblems.NOT_ACCEPTABLE);
    const { study, instances } = opened.value;
    const identity = identityElements(identityOf(study));
    // What is derived from a pack may be written otherwise by another release.
    const etag = weakEntityTag([
      'metadata',
      offer.type,
      JSON.stringify(identity),
      `${address.version}`,
      ...instances.map(nameOf),
    ]);
    if (!offer.multipart) {
      // Texts that are kept point to values of now.
      const pieces = (scratch: Buffer) =>
        address.version === undefined
          ? jsonArray(this.textsOf(address.studyUid, instances), textsAtTags(identity), scratch)
          : jsonArray(asTexts(this.dataSets(address, instances, identity)), [], scratch);
      return success({ contentType: offer.type, sizeBytes: undefined, etag, pieces });
    }
    const boundary = boundaryFor(etag);
    return success({
      contentType: `multipart/related; type="${XML_TYPE}"; boundary=${boundary}`,
      sizeBytes: undefined,
      etag,
      pieces: () => xmlParts(this.dataSets(address, instances, identity), boundary),
    });
  }

  /** Those of one pack at a time. */
  private async *dataSets(
    { studyUid, version }: VersionedAddress,
    instances: readonly StoredInstance[],
    identity: DicomJson,
  ) {
    const then = version === undefined ? '' : `?version=${version}`;
    for (const ofPack of packs(instances)) {
      const metadata = await this.indexes.metadata(ofPack[0].digest);
      yield ofPack.map((instance) => {
        const json = withBulkData(metadata[instance.place] ?? {}, instancePath(studyUid, instance), then);
        return withIdentity(json, identity);
      });
    }
  }

  /** The same as JSON, without reading it or the identity. */
  private async *textsOf(studyUid: string, instances: readonly StoredInstance[]) {
    for (const ofPack of packs(instances)) yield await this.texts.of(studyUid, ofPack);
  }
}

async function* asTexts(dataSets: AsyncIterable<readonly DicomJson[]>) {
  for await (const ofPack of dataSets) yield ofPack.map(cutText);
}

/** A document of the Native DICOM Model (PS3.19 section A.1) for each instance. */
async function* xmlParts(dataSets: AsyncIterable<readonly DicomJson[]>, boundary: string) {
  for await (const ofPack of dataSets) {
    const parts = ofPack.map((json) => `--${boundary}\r\nContent-Type: ${XML_TYPE}\r\n\r\n${nativeModelOf(json)}\r\n`);
    yield Buffer.from(parts.join(''));
  }
  yield Buffer.from(`--${boundary}--\r\n`);
}

/** Instances by the pack that holds them, in their order. */
function packs(instances: readonly StoredInstance[]): OfOnePack[] {
  const groups: OfOnePack[] = [];
  for (const instance of instances) {
    const last = groups.at(-1);
    if (last?.[0].digest === instance.digest) last.push(instance);
    else groups.push([instance]);
  }
  return groups;
}
