import { type Failure, failure, type Result, success } from '@yinglian/platform';
import { registryProblems } from '../../study-registry.errors.js';
import type { PresentedPixels } from '../display/display-frame.js';
import type { Window } from '../frame-source.js';
import type { ImageDescription } from '../image-description.js';
import type { LookupTable } from '../lookup-table.js';
import type { Annotation } from './annotations.js';
import type { AreaSelection } from './displayed-area.js';
import type { PresentationState } from './presentation-state.js';
import { appliesTo } from './referenced-images.js';

/** What a state says of one frame. */
export interface Presentation {
  readonly state: PresentationState;
  readonly selection: AreaSelection;
  readonly voi: { readonly window: Window | null; readonly voiLut: LookupTable | null };
  readonly annotations: readonly Annotation[];
  /** The value of a binary element of the state. */
  readBulk(tag: string): Promise<Buffer>;
}

const NO_VOI = { window: null, voiLut: null };

/** Fails with PRESENTATION_STATE_NOT_SHOWN when it does not say what of the frame is displayed. */
export function presentationOf(
  state: PresentationState,
  readBulk: Presentation['readBulk'],
  { sopInstanceUid, frame }: { readonly sopInstanceUid: string; readonly frame: number },
): Result<Presentation> {
  const isAbout = ({ applicability }: Pick<Annotation, 'applicability'>) =>
    appliesTo(applicability, sopInstanceUid, frame);
  const selection = state.areas.find(isAbout);
  if (selection === undefined) return notShown('It says no displayed area of an image that it refers to');
  const voi = state.grey?.voi.find(isAbout) ?? NO_VOI;
  return success({ state, selection, voi, annotations: state.annotations.filter(isAbout), readBulk });
}

/** The image as the state has it. Polarity is the state's alone: Photometric Interpretation says nothing of it (PS3.4 section N.2.1). */
export function asPresented(image: ImageDescription, { state, voi }: Presentation): Result<ImageDescription> {
  const isGrey = image.samplesPerPixel === 1 && image.photometric !== 'PALETTE COLOR';
  const { grey } = state;
  if (isGrey !== (grey !== null))
    return notShown(`The state is not of images that are ${isGrey ? 'grey' : 'in colour'}`);
  if (grey === null) return success(image);
  const { rescale, isInverse, presentationLut } = grey;
  const modalityLut = image.signed ? ofSignedValues(grey.modalityLut) : grey.modalityLut;
  const isNegative = modalityLut === null && (image.signed || rescale.intercept < 0);
  const voiLut = isNegative ? ofSignedValues(voi.voiLut) : voi.voiLut;
  const shown = { ...image, rescale, modalityLut, voiLut, windowFunction: 'LINEAR' };
  const window = voi.window ?? (voiLut === null ? wholeRange(shown) : null);
  return success({ ...shown, window, inverted: isInverse, presentationLut });
}

/** Where a state does not say by its VR that the first value is signed, the values do that it maps (PS3.3 section C.11.1.1). */
function ofSignedValues(table: LookupTable | null): LookupTable | null {
  return table !== null && table.first >= 2 ** 15 ? { ...table, first: table.first - 2 ** 16 } : table;
}

export const presentedPixels = ({ state, selection }: Presentation): PresentedPixels => ({
  shutter: state.shutter,
  area: selection.area,
  turn: state.turn,
});

/** From the lowest value to the highest that there can be after the modality transformation. */
function wholeRange({ bitsStored, signed, rescale, modalityLut }: ImageDescription): Window {
  const lowest = signed ? -(2 ** (bitsStored - 1)) : 0;
  const values = [lowest, lowest + 2 ** bitsStored - 1].map((stored) => stored * rescale.slope + rescale.intercept);
  const [from, to] = modalityLut === null ? [Math.min(...values), Math.max(...values)] : [0, 2 ** modalityLut.bits - 1];
  return { center: (from + to) / 2, width: Math.max(to - from, 1), voiFunction: 'LINEAR_EXACT' };
}

export const notShown = (detail: string): Failure => failure(registryProblems.PRESENTATION_STATE_NOT_SHOWN, detail);
