import type { HospitalLevel } from '@yinglian/contracts';

export interface SampleHospital {
  readonly code: string;
  readonly name: string;
  readonly level: HospitalLevel;
  /** Unified social credit code (GB 32100-2015): 12 is a public institution, 3399 belongs to no real place. */
  readonly creditCode: string;
  readonly departments: readonly { readonly code: string; readonly name: string }[];
}

/** Calling AE titles that common tools use unless told otherwise. */
export const CALLING_AE_TITLES = ['STORESCU', 'ECHOSCU', 'PYNETDICOM', 'MODALITY', 'ANY-SCU'];

const RADIOLOGY = { code: 'RAD', name: '放射科' };

/** Three invented hospitals of an invented province. */
export const SAMPLE_HOSPITALS: readonly SampleHospital[] = [
  {
    code: 'H001',
    name: '栖云省立医院',
    level: 'provincial',
    creditCode: '12339900MB0YL00142',
    departments: [RADIOLOGY, { code: 'NEU', name: '神经内科' }, { code: 'EMR', name: '急诊科' }],
  },
  {
    code: 'H002',
    name: '望川市中心医院',
    level: 'municipal',
    creditCode: '12339901MB0YL0022B',
    departments: [RADIOLOGY, { code: 'RES', name: '呼吸内科' }],
  },
  {
    code: 'H003',
    name: '溪桥县人民医院',
    level: 'county',
    creditCode: '12339921MB0YL00305',
    departments: [RADIOLOGY, { code: 'INT', name: '内科' }],
  },
];
