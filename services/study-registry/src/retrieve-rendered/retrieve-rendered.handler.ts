import { Injectable } from '@nestjs/common';
import type { DicomJson } from '@yinglian/dicom';
import {
  type Failure,
  failure,
  type PersonPrincipal,
  platformProblems,
  type Result,
  success,
} from '@yinglian/platform';
import { type AcceptedType, choose, type OfferedType } from '../domain/accept.js';
import { weakEntityTag } from '../domain/entity-tag.js';
import { identityElements } from '../domain/province-identity.js';
import { identityOf } from '../find-studies/study-json.js';
import type { VersionedAddress } from '../open-study/addresses.js';
import { OpenInstancesHandler } from '../open-study/open-instances.handler.js';
import { extentOf } from '../open-study/open-study.handler.js';
import { isPresentationState } from '../render-images/present/presentation-state.js';
import type { RenderingParameters } from '../render-images/rendering-parameters.js';
import { isImage } from '../render-images/stored-frames.js';
import { isWhole } from '../render-images/viewport.js';
import type { Body } from '../retrieve-instances/body.js';
import { boundaryFor } from '../retrieve-instances/boundary.js';
import { multipartBody } from '../retrieve-instances/multipart-body.js';
import type { Representation } from '../retrieve-instances/representation.js';
import { nameOf, type StoredInstance } from '../storage/study-contents.js';
import { registryProblems } from '../study-registry.errors.js';
import { EncapsulatedPdf, isPdf, PDF } from './encapsulated-pdf.js';
import { type AskedFrame, picturesOf } from './pictures.js';
import { PresentedFrames } from './presented-frames.js';
import { RenderedPictures } from './rendered-pictures.js';

/** PS3.18 table 8.7.4-1: the default first. */
const PICTURE_TYPES = ['image/jpeg', 'image/png'] as const;

/** Pictures of images, and documents, as everybody can see them. */
@Injectable()
export class RetrieveRenderedHandler {
  constructor(
    private readonly openInstances: OpenInstancesHandler,
    private readonly pictures: RenderedPictures,
    private readonly presented: PresentedFrames,
    private readonly pdfs: EncapsulatedPdf,
  ) {}

  /**
   * Several pictures come as multipart, also to who accepts one of their type. Failures: the refusal's 403; …_NOT_FOUND; NOT_AN_IMAGE,
   * PICTURES_TOO_MANY, VIEWPORT_INVALID, NOT_ACCEPTABLE. RENDERING_UNSUPPORTED comes with the bytes.
   */
  async execute(
    caller: PersonPrincipal,
    address: VersionedAddress,
    frames: readonly number[] | undefined,
    accepted: readonly AcceptedType[],
    parameters: RenderingParameters,
  ): Promise<Result<Representation>> {
    const opened = await this.openInstances.execute(caller, address, extentOf(address));
    if (!opened.ok) return opened;
    const { instances, study } = opened.value;
    const identity = identityElements(identityOf(study));
    const others = instances.some(isImage) || frames !== undefined ? [] : instances;
    const documents = others.filter(isPdf);
    if (documents.length > 0) return this.documents(documents, accepted);
    const states = others.filter(isPresentationState);
    const asked =
      states.length === 0
        ? picturesOf(instances, frames, parameters.viewport)
        : await this.framesPresented(states, address, parameters);
    return asked.ok ? this.images(asked.value, identity, accepted, parameters) : asked;
  }

  private async framesPresented(
    states: readonly StoredInstance[],
    address: VersionedAddress,
    { window, viewport }: RenderingParameters,
  ): Promise<Result<readonly AskedFrame[]>> {
    const isOther = window !== undefined || (viewport !== undefined && !isWhole(viewport));
    return isOther ? failure(registryProblems.PRESENTATION_STATE_PARAMETERS) : this.presented.of(states, address);
  }

  private images(
    asked: readonly AskedFrame[],
    identity: DicomJson,
    accepted: readonly AcceptedType[],
    parameters: RenderingParameters,
  ): Result<Representation> {
    const offer = choose(accepted, offersOf(PICTURE_TYPES, asked.length));
    if (offer === undefined) return notAcceptable(PICTURE_TYPES);
    const names = asked.flatMap(({ instance, frame, presentedBy }) => [
      `${nameOf(instance)} ${frame}`,
      ...(presentedBy === undefined ? [] : [nameOf(presentedBy)]),
    ]);
    const bodies = this.pictures.bodies(asked, offer.type, parameters, identity);
    const written = parameters.annotation.includes('patient') ? JSON.stringify(identity) : '';
    return success(representation(offer, bodies, [...names, JSON.stringify(parameters), written]));
  }

  private documents(documents: readonly StoredInstance[], accepted: readonly AcceptedType[]): Result<Representation> {
    const offer = choose(accepted, offersOf([PDF], documents.length));
    if (offer === undefined) return notAcceptable([PDF]);
    const bodies = documents.map((document) => this.pdfs.body(document));
    return success(representation(offer, bodies, documents.map(nameOf)));
  }
}

/** One by itself, unless several parts are wished for; several in parts only. */
function offersOf<Type extends string>(types: readonly Type[], count: number) {
  const singles = types.map((type) => ({ type, multipart: false }));
  const parts = types.map((type) => ({ type, multipart: true }));
  return count === 1 ? [...singles, ...parts] : [...parts, ...singles];
}

/** Another release may write other bytes for the same picture: the tag is weak. */
function representation(offer: OfferedType, bodies: readonly Body[], said: readonly string[]): Representation {
  const [only] = bodies;
  const isSingle = bodies.length === 1 && !offer.multipart;
  const etag = weakEntityTag(['rendered', offer.type, String(isSingle), ...said]);
  return isSingle && only !== undefined
    ? { ...only, etag }
    : { ...multipartBody(offer.type, bodies, boundaryFor(etag)), etag };
}

const notAcceptable = (types: readonly string[]): Failure =>
  failure(platformProblems.NOT_ACCEPTABLE, `Given as ${types.join(' or ')}`);
