import { type DicomJson, dicomJsonOf, type ParsedHeader } from '@yinglian/dicom';
import { failure, type Result, success } from '@yinglian/platform';
import { registryProblems } from '../../study-registry.errors.js';
import { itemsOf, textOf } from '../attributes.js';
import { type Annotation, annotationsOf, layersOf } from './annotations.js';
import { type AreaSelection, areaSelections } from './displayed-area.js';
import { type GreyTransformation, greyTransformation } from './grey-transformation.js';
import { type ReferencedImage, referencedImages } from './referenced-images.js';
import { type Shutter, shutterOf } from './shutter.js';
import { type Turn, turnOf } from './turn.js';
import { hasUnreadSequence } from './unread-sequence.js';
import { UnshownState } from './unshown-state.js';

/** How somebody has seen images, and what he drew upon them (PS3.3 section A.33). */
export interface PresentationState {
  readonly transferSyntaxUid: string;
  readonly metadata: DicomJson;
  readonly images: readonly ReferencedImage[];
  /** Null of images in colour. */
  readonly grey: GreyTransformation | null;
  readonly turn: Turn;
  readonly areas: readonly AreaSelection[];
  readonly shutter: Shutter | null;
  /** Groups `60xx` of overlays that are seen, the image's or the state's own. */
  readonly overlayGroups: readonly string[];
  readonly annotations: readonly Annotation[];
}

const GREYSCALE = '1.2.840.10008.5.1.4.1.1.11.1';
const COLOUR = '1.2.840.10008.5.1.4.1.1.11.2';
const BIG_ENDIAN = '1.2.840.10008.1.2.2';
/** Curve Activation Layer, retired. */
const CURVE = /^50[01].1001$/;
const MASK_SUBTRACTION = '00286100';

/** Grayscale and Color Softcopy Presentation State Storage; pseudo-colour, blending and others are not shown. */
export const isPresentationState = ({ sopClassUid }: { readonly sopClassUid: string }): boolean =>
  sopClassUid === GREYSCALE || sopClassUid === COLOUR;

/** Fails with PRESENTATION_STATE_NOT_SHOWN when it is broken or says what is not shown here: a picture leaves out nothing in silence. */
export function readPresentationState(header: ParsedHeader): Result<PresentationState> {
  try {
    if (hasUnreadSequence(header.dataSet)) throw new UnshownState('A sequence is there as UN, which nobody can read');
    return success(presentationState(dicomJsonOf(header), header.transferSyntaxUid));
  } catch (error) {
    if (!(error instanceof UnshownState)) throw error;
    return failure(registryProblems.PRESENTATION_STATE_NOT_SHOWN, error.message);
  }
}

function presentationState(state: DicomJson, transferSyntaxUid: string): PresentationState {
  if (itemsOf(state, MASK_SUBTRACTION).length > 0) throw new UnshownState('Subtracted images are not shown');
  if (Object.keys(state).some((tag) => CURVE.test(tag))) throw new UnshownState('Curves are not shown');
  return {
    transferSyntaxUid,
    metadata: state,
    images: referencedImages(state),
    grey: textOf(state, '00080016') === COLOUR ? null : greyTransformation(state, transferSyntaxUid === BIG_ENDIAN),
    turn: turnOf(state),
    areas: areaSelections(state),
    shutter: shutterOf(state),
    overlayGroups: overlayGroups(state),
    annotations: annotationsOf(state),
  };
}

/** Overlay Activation Layer (PS3.3 section C.11.7). */
function overlayGroups(state: DicomJson): readonly string[] {
  const layers = layersOf(state);
  return Object.keys(state)
    .filter((tag) => /^60[01].1001$/.test(tag))
    .flatMap((tag) => {
      const layer = textOf(state, tag);
      if (layer === undefined) return [];
      if (!layers.has(layer)) throw new UnshownState('An overlay lies in no layer');
      return [tag.slice(0, 4)];
    });
}
