import { Uid } from '@yinglian/contracts';
import type { DicomJson } from '@yinglian/dicom';
import { itemsOf, numbersOf, textOf } from '../attributes.js';
import { UnshownState } from './unshown-state.js';

/** An image that a presentation state is made for (PS3.3 section C.11.11). */
export interface ReferencedImage {
  readonly seriesUid: string;
  readonly sopInstanceUid: string;
  /** Counted from 1; null for all. */
  readonly frames: readonly number[] | null;
}

/** What a part of a state applies to: frames by image, null for all frames; null for all images. */
export type Applicability = ReadonlyMap<string, readonly number[] | null> | null;

const IMAGES_AT_MOST = 1_000;
const REFERENCED_SERIES = '00081115';
const REFERENCED_IMAGES = '00081140';

/** In the order of the state. @throws UnshownState */
export function referencedImages(state: DicomJson): readonly ReferencedImage[] {
  const images = itemsOf(state, REFERENCED_SERIES).flatMap((series) => {
    const seriesUid = uidOf(series, '0020000E');
    return [...referencesIn(series)].map(([sopInstanceUid, frames]) => ({ seriesUid, sopInstanceUid, frames }));
  });
  if (images.length === 0) throw new UnshownState('It refers to no image');
  if (images.length > IMAGES_AT_MOST) throw new UnshownState(`It refers to more than ${IMAGES_AT_MOST} images`);
  return images;
}

/** Of an item that may apply to some of the images only. @throws UnshownState */
export function applicabilityOf(item: DicomJson): Applicability {
  return item[REFERENCED_IMAGES]?.Value === undefined ? null : referencesIn(item);
}

export function appliesTo(applicability: Applicability, sopInstanceUid: string, frame: number): boolean {
  if (applicability === null) return true;
  const frames = applicability.get(sopInstanceUid);
  return frames === null || (frames?.includes(frame) ?? false);
}

/** An image that is there several times, once for each of its frames, has them all. */
function referencesIn(item: DicomJson): ReadonlyMap<string, readonly number[] | null> {
  const references = new Map<string, readonly number[] | null>();
  for (const image of itemsOf(item, REFERENCED_IMAGES)) {
    const uid = uidOf(image, '00081155');
    const named = numbersOf(image, '00081160');
    const before = references.get(uid);
    const isWhole = named.length === 0 || before === null;
    references.set(uid, isWhole ? null : [...new Set([...(before ?? []), ...named])]);
  }
  return references;
}

function uidOf(item: DicomJson, tag: string): string {
  const uid = Uid.safeParse(textOf(item, tag));
  if (!uid.success) throw new UnshownState('What it refers to has no UID, or a broken one');
  return uid.data;
}
