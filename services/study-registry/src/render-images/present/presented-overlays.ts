import type { DicomJson } from '@yinglian/dicom';
import type { FrameSource } from '../frame-source.js';
import { type Overlay, readOverlays } from '../overlays.js';
import type { Presentation } from './presentation.js';

/** Overlays that a state activates: its own, else the image's of the same group (PS3.3 section C.11.7). */
export async function presentedOverlays(
  image: FrameSource,
  { state, readBulk }: Presentation,
): Promise<readonly Overlay[]> {
  const { metadata, transferSyntaxUid } = state;
  const isOwn = (group: string) => metadata[`${group}3000`] !== undefined;
  const own = state.overlayGroups.filter(isOwn);
  const others = state.overlayGroups.filter((group) => !isOwn(group));
  const sources = [
    { ...image, metadata: groupsOf(image.metadata, others) },
    { ...image, transferSyntaxUid, metadata: groupsOf(metadata, own), readBulk },
  ];
  return (await Promise.all(sources.map(readOverlays))).flat();
}

const groupsOf = (metadata: DicomJson, groups: readonly string[]): DicomJson =>
  Object.fromEntries(Object.entries(metadata).filter(([tag]) => groups.includes(tag.slice(0, 4))));
