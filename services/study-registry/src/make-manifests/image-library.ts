import type { WrittenElement } from '@yinglian/dicom';
import { bodySiteOf } from '../domain/body-sites.js';
import { DATE, TIME } from '../domain/matching.js';
import type { StoredInstance } from '../storage/study-contents.js';
import { anatomicalRegionsOf } from './anatomical-regions.js';
import {
  type Code,
  codeContext,
  container,
  dateContext,
  dcm,
  instanceItem,
  numberContext,
  textContext,
  timeContext,
  uidContext,
} from './content-items.js';
import type { Manifest, ManifestSeries } from './manifest.js';
import { modalityName } from './modality-names.js';

type Item = readonly WrittenElement[];

const MODALITY = dcm('121139', 'Modality');
const TARGET_REGION = dcm('123014', 'Target Region');
const IMAGE_LIBRARY = dcm('111028', 'Image Library');
const IMAGE_LIBRARY_GROUP = dcm('126200', 'Image Library Group');

const unit = (value: string): Code => ({ value: `{${value}}`, scheme: 'UCUM', meaning: value });

/** What TID 1600 says of the whole study, before its groups (MADO table 6.X.2.9-1). */
export const studyDescriptors = ({ study, series }: Manifest): Item[] => [
  ...study.modalities.map(modalityContext),
  ...anatomicalRegionsOf(study.body_parts).map((region) => codeContext(TARGET_REGION, { ...region, scheme: 'SCT' })),
  numberContext(dcm('131565', 'Number of Study Related Series'), series.length, unit('series')),
];

/** A series with its instances (MADO tables 6.X.2.9-2 and 6.X.2.9-3). */
export const seriesGroup = (series: ManifestSeries): Item =>
  container(IMAGE_LIBRARY_GROUP, [...seriesDescriptors(series), ...series.instances.map(libraryEntry)]);

/** The container around the groups, without its content sequence. */
export const LIBRARY_HEAD: Item = container(IMAGE_LIBRARY, []).filter(({ tag }) => tag !== 0x0040a730);

function seriesDescriptors({ row, instances }: ManifestSeries): Item[] {
  const site = bodySiteOf(row.body_part);
  return [
    modalityContext(row.modality),
    ...(DATE.test(row.series_date) ? [dateContext(dcm('131561', 'Series Date'), row.series_date)] : []),
    ...(TIME.test(row.series_time) ? [timeContext(dcm('131562', 'Series Time'), row.series_time)] : []),
    ...textIf(dcm('131563', 'Series Description'), row.description),
    ...textIf(dcm('113607', 'Series Number'), row.series_number),
    uidContext(dcm('112002', 'Series Instance UID'), row.series_uid),
    ...(site === undefined
      ? textIf(TARGET_REGION, row.body_part)
      : [codeContext(TARGET_REGION, { value: site.code, scheme: 'SCT', meaning: site.display })]),
    numberContext(dcm('131564', 'Number of Series Related Instances'), instances.length, unit('instances')),
  ];
}

const libraryEntry = (instance: StoredInstance): Item =>
  instanceItem(instance, [
    ...(instance.numberOfFrames > 1
      ? [numberContext(dcm('121140', 'Number of Frames'), instance.numberOfFrames, unit('frames'))]
      : []),
    ...textIf(dcm('113609', 'Instance Number'), instance.instanceNumber),
  ]);

const textIf = (name: Code, value: string): Item[] => (value.trim() === '' ? [] : [textContext(name, value.trim())]);

const modalityContext = (modality: string): Item => codeContext(MODALITY, dcm(modality, modalityName(modality)));
