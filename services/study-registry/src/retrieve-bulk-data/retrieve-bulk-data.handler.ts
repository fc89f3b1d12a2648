import { Injectable } from '@nestjs/common';
import { failure, type PersonPrincipal, platformProblems, type Result, success } from '@yinglian/platform';
import { type AcceptedType, choose } from '../domain/accept.js';
import { entityTag } from '../domain/entity-tag.js';
import { OCTETS } from '../domain/pixel-media-types.js';
import { lastModifiedOf } from '../domain/preconditions.js';
import type { InstanceAddress, VersionedAddress } from '../open-study/addresses.js';
import { OpenInstancesHandler } from '../open-study/open-instances.handler.js';
import { type Body, storedBody } from '../retrieve-instances/body.js';
import { boundaryFor } from '../retrieve-instances/boundary.js';
import { multipartBody } from '../retrieve-instances/multipart-body.js';
import type { Representation } from '../retrieve-instances/representation.js';
import { elementValue, InstanceBytes } from '../storage/instance-bytes.js';
import { nameOf, type StoredInstance } from '../storage/study-contents.js';
import { registryProblems } from '../study-registry.errors.js';

const PIXEL_DATA = '7FE00010';
const ENCAPSULATED_DOCUMENT = '00420011';
const DOCUMENT_TYPES = new Set(['application/pdf', 'text/xml', 'model/stl']);

/** The value of one element that metadata leaves out. */
@Injectable()
export class RetrieveBulkDataHandler {
  constructor(
    private readonly openInstances: OpenInstancesHandler,
    private readonly bytes: InstanceBytes,
  ) {}

  /** Failures: the refusal's 403; STUDY_, INSTANCE_ or BULK_DATA_NOT_FOUND; NOT_ACCEPTABLE. */
  async execute(
    caller: PersonPrincipal,
    address: InstanceAddress & VersionedAddress,
    tag: string,
    accepted: readonly AcceptedType[],
  ): Promise<Result<Representation>> {
    const opened = await this.openInstances.execute(caller, address, 'part of a view');
    if (!opened.ok) return opened;
    const [instance] = opened.value.instances;
    const part = await this.partOf(instance, tag);
    if (part === undefined) return failure(registryProblems.BULK_DATA_NOT_FOUND);
    const types = [...new Set([part.contentType, OCTETS])];
    const offers = [false, true].flatMap((multipart) => types.map((type) => ({ type, multipart })));
    const offer = choose(accepted, offers);
    if (offer === undefined) return failure(platformProblems.NOT_ACCEPTABLE);
    const etag = entityTag(['bulk data', nameOf(instance), tag, offer.type, String(offer.multipart)]);
    const given = { ...part, contentType: offer.type };
    const lastModified = lastModifiedOf(opened.value.study.updated_at, new Date());
    const body = offer.multipart ? multipartBody(offer.type, [given], boundaryFor(etag)) : given;
    return success({ ...body, etag, lastModified });
  }

  private partOf(instance: StoredInstance, tag: string): Promise<Body | undefined> | Body | undefined {
    return tag === PIXEL_DATA ? this.pixels(instance) : this.element(instance, tag);
  }

  /** Native pixel data whole; encapsulated pixel data is had by frames only. */
  private pixels(instance: StoredInstance): Body | undefined {
    const { pixels } = instance;
    if (pixels === null || pixels.length === null) return undefined;
    return storedBody(OCTETS, [[pixels.offset, pixels.length]], (ranges, scratch) =>
      this.bytes.pixelPieces(instance, ranges, scratch),
    );
  }

  private async element(instance: StoredInstance, tag: string): Promise<Body | undefined> {
    const header = await this.bytes.header(instance);
    const value = elementValue(header, tag);
    if (value === undefined) return undefined;
    const said = header.dataSet.string('x00420012')?.toLowerCase() ?? '';
    const contentType = tag === ENCAPSULATED_DOCUMENT && DOCUMENT_TYPES.has(said) ? said : OCTETS;
    return storedBody(contentType, [[0, value.length]], async function* (ranges) {
      for (const [offset, length] of ranges) yield value.subarray(offset, offset + length);
    });
  }
}
