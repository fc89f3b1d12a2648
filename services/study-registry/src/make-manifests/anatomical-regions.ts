import { type BodyRegion, regionsOf } from '../domain/body-regions.js';

export interface AnatomicalRegion {
  /** SNOMED CT */
  readonly value: string;
  readonly meaning: string;
}

const HEAD_AND_NECK = { value: '774007', meaning: 'Head and neck' };
const LOWER_TRUNK = { value: '63337009', meaning: 'Lower trunk' };
const VERTEBRAL_COLUMN = { value: '1141981001', meaning: 'Vertebral Column' };

/** IHE MADO, table 6.X.6.4-1: the coarse regions by which manifests are searched. */
const BY_REGION: Readonly<Record<BodyRegion, AnatomicalRegion>> = {
  HEAD: HEAD_AND_NECK,
  NECK: HEAD_AND_NECK,
  CHEST: { value: '67734004', meaning: 'Upper trunk' },
  HEART: { value: '80891009', meaning: 'Heart' },
  BREAST: { value: '76752008', meaning: 'Breast' },
  ABDOMEN: LOWER_TRUNK,
  PELVIS: LOWER_TRUNK,
  CERVICAL_SPINE: VERTEBRAL_COLUMN,
  THORACIC_SPINE: VERTEBRAL_COLUMN,
  LUMBAR_SPINE: VERTEBRAL_COLUMN,
  UPPER_LIMB: { value: '53120007', meaning: 'Upper limb' },
  LOWER_LIMB: { value: '61685007', meaning: 'Lower limb' },
};

/** None where the body parts name none: a region is not made up. */
export const anatomicalRegionsOf = (bodyParts: readonly string[]): AnatomicalRegion[] => [
  ...new Set(bodyParts.flatMap(regionsOf).map((region) => BY_REGION[region])),
];
