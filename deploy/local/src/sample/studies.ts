import { createHash } from 'node:crypto';
import type { CharacterSet, Element } from './data-set.js';
import { birthDateOf, DOUBTFUL_PEOPLE, SAMPLE_PEOPLE, type SamplePerson } from './people.js';
import { type ReportSection, SAMPLE_REPORTS } from './sample-reports.js';
import type { SeriesImages } from './series-images.js';

export interface SampleStudy {
  readonly hospital: string;
  readonly person: SamplePerson;
  /** The hospital's own number of the patient. */
  readonly patientId: string;
  readonly patientName: string;
  readonly characterSet: CharacterSet;
  readonly daysAgo: number;
  readonly time: string;
  readonly accessionNumber: string;
  readonly description: string;
  readonly bodyPart: string;
  readonly report: readonly ReportSection[];
  readonly series: readonly SeriesImages[];
}

const { wang, zhou, zheng, he, wu } = SAMPLE_PEOPLE;
const { borrower, again } = DOUBTFUL_PEOPLE;
const utf8 = ({ name, pinyin }: SamplePerson) => `${pinyin}=${name}`;

/**
 * What the sample hospitals have made lately. 王小雨 was seen in two hospitals, which wrote her name in two ways; the last two wait on the steward's
 * desk.
 */
export const SAMPLE_STUDIES: readonly SampleStudy[] = [
  {
    hospital: 'H001',
    person: wang,
    patientId: 'M0010086',
    patientName: wang.name,
    characterSet: 'GB18030',
    daysAgo: 3,
    time: '093012',
    accessionNumber: 'CT2600317',
    description: '胸部CT增强扫描',
    report: SAMPLE_REPORTS.chestCtEnhanced,
    bodyPart: 'CHEST',
    series: [{ kind: 'chest-ct', slices: 60, seed: 7, bloodHu: 220, description: '胸部增强 5mm' }],
  },
  {
    hospital: 'H002',
    person: wang,
    patientId: '20260412',
    patientName: wang.pinyin,
    characterSet: 'ISO_IR 192',
    daysAgo: 41,
    time: '152240',
    accessionNumber: 'DR0088123',
    description: '胸部正位',
    report: SAMPLE_REPORTS.chestDx,
    bodyPart: 'CHEST',
    series: [{ kind: 'chest-dx', seed: 5, description: '后前位' }],
  },
  {
    hospital: 'H001',
    person: zhou,
    patientId: 'M0010233',
    patientName: utf8(zhou),
    characterSet: 'ISO_IR 192',
    daysAgo: 1,
    time: '104500',
    accessionNumber: 'MR2600208',
    description: '颅脑MRI平扫',
    report: SAMPLE_REPORTS.brainMr,
    bodyPart: 'HEAD',
    series: [
      { kind: 'brain-mr', weighting: 'T1', slices: 28, seed: 3, description: 'T1 轴位' },
      { kind: 'brain-mr', weighting: 'T2', slices: 28, seed: 4, description: 'T2 轴位' },
    ],
  },
  {
    hospital: 'H003',
    person: zheng,
    patientId: 'X51207',
    patientName: zheng.name,
    characterSet: 'GB18030',
    daysAgo: 2,
    time: '081655',
    accessionNumber: 'DX7701',
    description: '胸部正位',
    report: SAMPLE_REPORTS.chestDx,
    bodyPart: 'CHEST',
    series: [{ kind: 'chest-dx', seed: 11, description: '后前位' }],
  },
  {
    hospital: 'H002',
    person: he,
    patientId: '20260731',
    patientName: utf8(he),
    characterSet: 'ISO_IR 192',
    daysAgo: 5,
    time: '164108',
    accessionNumber: 'CT0045110',
    description: '胸部CT平扫',
    report: SAMPLE_REPORTS.chestCt,
    bodyPart: 'CHEST',
    series: [{ kind: 'chest-ct', slices: 40, seed: 23, bloodHu: 45, description: '胸部平扫 7.5mm' }],
  },
  {
    hospital: 'H003',
    person: wu,
    patientId: 'X51344',
    patientName: wu.name,
    characterSet: 'GB18030',
    daysAgo: 0,
    time: '080231',
    accessionNumber: 'DX7745',
    description: '胸部正位(入职体检)',
    report: SAMPLE_REPORTS.chestDx,
    bodyPart: 'CHEST',
    series: [{ kind: 'chest-dx', seed: 17, description: '后前位' }],
  },
  {
    hospital: 'H002',
    person: borrower,
    patientId: '20260799',
    patientName: utf8(borrower),
    characterSet: 'ISO_IR 192',
    daysAgo: 1,
    time: '141926',
    accessionNumber: 'DR0088160',
    description: '胸部正位',
    report: SAMPLE_REPORTS.chestDx,
    bodyPart: 'CHEST',
    series: [{ kind: 'chest-dx', seed: 29, description: '后前位' }],
  },
  {
    hospital: 'H003',
    person: again,
    patientId: 'X51360',
    patientName: again.name,
    characterSet: 'GB18030',
    daysAgo: 0,
    time: '094417',
    accessionNumber: 'DX7752',
    description: '胸部正位',
    report: SAMPLE_REPORTS.chestDx,
    bodyPart: 'CHEST',
    series: [{ kind: 'chest-dx', seed: 31, description: '后前位' }],
  },
];

/** A UID under 2.25 (PS3.5 section B.2), the same each time for one home: what is sent twice is known to be the same. */
export function uidOf(homeSecret: string, ...names: readonly (string | number)[]): string {
  const hash = createHash('sha256')
    .update([homeSecret, ...names].join('/'))
    .digest('hex');
  return `2.25.${BigInt(`0x${hash.slice(0, 31)}`)}`;
}

/** The UID of a sample study in one home. */
export const studyUidOf = ({ accessionNumber }: SampleStudy, homeSecret: string): string =>
  uidOf(homeSecret, accessionNumber, 'study');

/** The elements that all instances of a study share. */
export function studyElements(
  study: SampleStudy,
  hospitalName: string,
  studyInstanceUid: string,
  today: Date,
): Element[] {
  const date = new Date(today.getTime() - study.daysAgo * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
  return [
    [0x00080005, 'CS', study.characterSet],
    [0x00080020, 'DA', date],
    [0x00080021, 'DA', date],
    [0x00080023, 'DA', date],
    [0x00080030, 'TM', study.time],
    [0x00080031, 'TM', study.time],
    [0x00080033, 'TM', study.time],
    [0x00080050, 'SH', study.accessionNumber],
    [0x00080070, 'LO', 'Yinglian'],
    [0x00080080, 'LO', hospitalName],
    [0x00080090, 'PN', ''],
    [0x00081030, 'LO', study.description],
    [0x00081090, 'LO', 'Phantom'],
    [0x00100010, 'PN', study.patientName],
    [0x00100020, 'LO', study.patientId],
    [0x00100030, 'DA', birthDateOf(study.person)],
    [0x00100040, 'CS', study.person.sex],
    [0x00101000, 'LO', study.person.residentId],
    [0x00180015, 'CS', study.bodyPart],
    [0x0020000d, 'UI', studyInstanceUid],
    [0x00200010, 'SH', study.accessionNumber],
  ];
}
