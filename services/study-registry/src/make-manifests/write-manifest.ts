import {
  EXPLICIT_LITTLE_ENDIAN,
  fileMeta,
  type WrittenElement,
  writeDataSet,
  writeItem,
  writeOpen,
} from '@yinglian/dicom';
import { dcm, instanceItem, referenceItem } from './content-items.js';
import { LIBRARY_HEAD, seriesGroup, studyDescriptors } from './image-library.js';
import { type Manifest, type ManifestSeries, manifestUid } from './manifest.js';
import { CONTENT_TEMPLATE, KEY_OBJECT_SELECTION, manifestHeader } from './manifest-header.js';

/** `plain` is that of XDS-I.b (RAD TF-3 section 4.68); `described` that of MADO, whose image library DICOM has since CP 2595. */
export const FORMS = {
  plain: dcm('113030', 'Manifest'),
  described: dcm('131560', 'Manifest with Description'),
} as const;
export type ManifestForm = keyof typeof FORMS;

/**
 * A manifest as a DICOM file, piece by piece, no piece longer than what is said of one series: sequences that grow with the study have
 * no length, their items do (PS3.5 section 7.5).
 */
export function* writeManifest(manifest: Manifest, form: ManifestForm): Generator<Buffer> {
  const uid = manifestUid(manifest, form);
  yield fileMeta({ sopClassUid: KEY_OBJECT_SELECTION, sopInstanceUid: uid, transferSyntaxUid: EXPLICIT_LITTLE_ENDIAN });
  yield written(manifestHeader(manifest, uid, FORMS[form]));
  yield* evidence(manifest);
  yield written([CONTENT_TEMPLATE]);
  const content = writeOpen(0x0040a730);
  yield content.sequence;
  for (const { instances } of manifest.series) {
    yield Buffer.concat(instances.map((instance) => item(instanceItem(instance))));
  }
  if (form === 'described') yield* imageLibrary(manifest);
  yield content.sequenceEnd;
}

/** Current Requested Procedure Evidence Sequence: the study, its series, and where each of them is had. */
function* evidence(manifest: Manifest): Generator<Buffer> {
  const study = writeOpen(0x0040a375);
  const series = writeOpen(0x00081115);
  yield Buffer.concat([study.sequence, study.item, series.sequence]);
  for (const one of manifest.series) yield item(seriesReference(one, manifest));
  yield Buffer.concat([
    series.sequenceEnd,
    written([{ tag: 0x0020000d, vr: 'UI', value: manifest.study.study_uid }]),
    study.itemEnd,
    study.sequenceEnd,
  ]);
}

/** Hierarchical Series Reference Macro (PS3.3 table C.17-3a); Retrieve URL is a base, as MADO section 6.X.2.14 has it. */
const seriesReference = (
  { row, instances }: ManifestSeries,
  { wadoRoot, retrieveLocationUid }: Manifest,
): WrittenElement[] => [
  { tag: 0x00081190, vr: 'UR', value: wadoRoot },
  { tag: 0x00081199, vr: 'SQ', value: instances.map(referenceItem) },
  { tag: 0x0020000e, vr: 'UI', value: row.series_uid },
  { tag: 0x0040e011, vr: 'UI', value: retrieveLocationUid },
];

/** TID 1600, a group a series. */
function* imageLibrary(manifest: Manifest): Generator<Buffer> {
  const library = writeOpen(0x0040a730);
  yield Buffer.concat([library.item, written(LIBRARY_HEAD), library.sequence]);
  for (const descriptor of studyDescriptors(manifest)) yield item(descriptor);
  for (const series of manifest.series) yield item(seriesGroup(series));
  yield Buffer.concat([library.sequenceEnd, library.itemEnd]);
}

const written = (elements: readonly WrittenElement[]): Buffer => writeDataSet(elements, EXPLICIT_LITTLE_ENDIAN);
const item = (elements: readonly WrittenElement[]): Buffer => writeItem(elements, EXPLICIT_LITTLE_ENDIAN);
