import type { DicomJson } from '@yinglian/dicom';
import { itemsOf, numberOf, numbersOf, textOf } from '../attributes.js';
import type { VoiFunction, Window } from '../frame-source.js';
import { type LookupTable, tableOf } from '../lookup-table.js';
import { type Applicability, applicabilityOf } from './referenced-images.js';
import { UnshownState } from './unshown-state.js';

/** How stored values become greys by a state, in place of what the image says (PS3.3 sections C.11.1, C.11.8 and C.11.6). */
export interface GreyTransformation {
  readonly rescale: { readonly slope: number; readonly intercept: number };
  readonly modalityLut: LookupTable | null;
  readonly voi: readonly SoftcopyVoi[];
  readonly isInverse: boolean;
  readonly presentationLut: LookupTable | null;
}

export interface SoftcopyVoi {
  readonly applicability: Applicability;
  readonly window: Window | null;
  readonly voiLut: LookupTable | null;
}

const FUNCTIONS = new Set<string>(['LINEAR', 'LINEAR_EXACT', 'SIGMOID'] satisfies VoiFunction[]);
const VOI_AT_MOST = 1_000;

/** @throws UnshownState */
export function greyTransformation(state: DicomJson, isBigEndian: boolean): GreyTransformation {
  const voi = itemsOf(state, '00283110');
  if (voi.length > VOI_AT_MOST) throw new UnshownState('It has too many windows');
  const shape = textOf(state, '20500020') ?? 'IDENTITY';
  if (shape !== 'IDENTITY' && shape !== 'INVERSE') throw new UnshownState('The presentation LUT shape is not known');
  return {
    rescale: rescaleOf(state),
    modalityLut: tableIn(state, '00283000', isBigEndian),
    voi: voi.map((item) => voiOf(item, isBigEndian)),
    isInverse: shape === 'INVERSE',
    presentationLut: tableIn(state, '20500010', isBigEndian),
  };
}

function rescaleOf(state: DicomJson): GreyTransformation['rescale'] {
  const [slope, intercept] = [numberOf(state, '00281053'), numberOf(state, '00281052')];
  if ((slope === undefined) !== (intercept === undefined)) throw new UnshownState('The rescaling is half said');
  return { slope: slope ?? 1, intercept: intercept ?? 0 };
}

function voiOf(item: DicomJson, isBigEndian: boolean): SoftcopyVoi {
  const applicability = applicabilityOf(item);
  const voiLut = tableIn(item, '00283010', isBigEndian);
  const [center, width] = [numberOf(item, '00281050'), numberOf(item, '00281051')];
  if (center === undefined && width === undefined && voiLut !== null) return { applicability, window: null, voiLut };
  const voiFunction = textOf(item, '00281056') ?? 'LINEAR';
  if (center === undefined || width === undefined || width <= 0 || !isFunction(voiFunction)) {
    throw new UnshownState('A window is broken');
  }
  return { applicability, window: { center, width, voiFunction }, voiLut: null };
}

const isFunction = (name: string): name is VoiFunction => FUNCTIONS.has(name);

/** The table of a sequence, with all of its entries; null when the state has none. */
function tableIn(state: DicomJson, sequence: string, isBigEndian: boolean): LookupTable | null {
  if (state[sequence] === undefined) return null;
  const [item = {}] = itemsOf(state, sequence);
  const descriptor = numbersOf(item, '00283002');
  const data = item['00283006'];
  const [entries = -1] = descriptor;
  const listed = numbersOf(item, '00283006');
  const inline = Buffer.from(data?.InlineBinary ?? '', 'base64');
  const bytes = data?.InlineBinary === undefined ? Buffer.from(Uint16Array.from(listed).buffer) : inline;
  const isSwapped = isBigEndian && data?.InlineBinary !== undefined;
  if (descriptor.length !== 3 || bytes.length < (entries === 0 ? 65_536 : entries)) {
    throw new UnshownState('A lookup table is broken');
  }
  const table = tableOf(descriptor, bytes, isSwapped);
  if (table === null || table.entries.length !== (entries === 0 ? 65_536 : entries)) {
    throw new UnshownState('A lookup table is broken');
  }
  return table;
}
