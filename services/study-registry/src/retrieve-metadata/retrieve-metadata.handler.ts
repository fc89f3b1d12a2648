import { Injectable } from '@nestjs/common';
import type { DicomJson } from '@yinglian/dicom';
import { failure, type PersonPrincipal, platformProblems, type Result, success } from '@yinglian/platform';
import { type AcceptedType, choose } from '../domain/accept.js';
import { weakEntityTag } from '../domain/entity-tag.js';
import { identityElements, withIdentity } from '../domain/province-identity.js';
import { instancePath } from '../find-instances/instance-json.js';
import { identityOf } from '../find-studies/study-json.js';
import type { ResourceAddress } from '../open-study/addresses.js';
import { OpenInstancesHandler } from '../open-study/open-instances.handler.js';
import type { Representation } from '../retrieve-instances/representation.js';
import { PackIndexStore } from '../storage/pack-index.store.js';
import { nameOf, type StoredInstance } from '../storage/study-contents.js';

const OFFERS = ['application/dicom+json', 'application/json'].map((type) => ({ multipart: false, type }));

/** Everything of the instances but their bulk data, under the province's identity (ADR 0004). */
@Injectable()
export class RetrieveMetadataHandler {
  constructor(
    private readonly openInstances: OpenInstancesHandler,
    private readonly indexes: PackIndexStore,
  ) {}

  /** A JSON array, pack by pack. Failures: the refusal's 403; STUDY_, SERIES_ or INSTANCE_NOT_FOUND; NOT_ACCEPTABLE. */
  async execute(
    caller: PersonPrincipal,
    address: ResourceAddress,
    accepted: readonly AcceptedType[],
  ): Promise<Result<Representation>> {
    const opened = await this.openInstances.execute(caller, address, 'part of a view');
    if (!opened.ok) return opened;
    const offer = choose(accepted, OFFERS);
    if (offer === undefined) return failure(platformProblems.NOT_ACCEPTABLE);
    const { study, instances } = opened.value;
    const identity = identityElements(identityOf(study));
    return success({
      contentType: offer.type,
      sizeBytes: undefined,
      // What is derived from a pack may be written otherwise by another release.
      etag: weakEntityTag(['metadata', offer.type, JSON.stringify(identity), ...instances.map(nameOf)]),
      pieces: () => this.array(address.studyUid, instances, identity),
    });
  }

  private async *array(studyUid: string, instances: readonly StoredInstance[], identity: DicomJson) {
    let separator = '[';
    for (const ofPack of packs(instances)) {
      const metadata = await this.indexes.metadata(ofPack[0]?.digest ?? '');
      const texts = ofPack.map((instance) => {
        const json = withBulkData(metadata[instance.place] ?? {}, `/dicom-web${instancePath(studyUid, instance)}`);
        return JSON.stringify(withIdentity(json, identity));
      });
      yield Buffer.from(separator + texts.join(','));
      separator = ',';
    }
    yield Buffer.from(']');
  }
}

/** Instances by the pack that holds them, in their order. */
function packs(instances: readonly StoredInstance[]): StoredInstance[][] {
  const groups: StoredInstance[][] = [];
  for (const instance of instances) {
    const last = groups.at(-1);
    if (last?.[0]?.digest === instance.digest) last.push(instance);
    else groups.push([instance]);
  }
  return groups;
}

/** Addresses of bulk data without an origin: the viewer and the edge have different ones. */
const withBulkData = (metadata: DicomJson, path: string): DicomJson =>
  Object.fromEntries(
    Object.entries(metadata).map(([tag, element]) => [
      tag,
      element.BulkDataURI === undefined ? element : { ...element, BulkDataURI: `${path}/${element.BulkDataURI}` },
    ]),
  );
