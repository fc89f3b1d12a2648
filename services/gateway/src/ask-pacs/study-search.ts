import { readDataSet, type WrittenElement, writeDataSet } from '@yinglian/dicom';

/** Which studies of a PACS are looked for; what is left out matches everything. */
export interface StudyFilter {
  readonly studyInstanceUid?: string;
  readonly accessionNumber?: string;
  /** YYYYMMDD. */
  readonly studyDate?: string;
  /** A range, HHMMSS-HHMMSS (PS3.4 section C.2.2.2.5). */
  readonly studyTime?: string;
  readonly modality?: string;
}

export interface FoundStudy {
  readonly studyInstanceUid: string;
  readonly studyDate: string;
  /** Undefined when the PACS does not tell. */
  readonly instances: number | undefined;
}

const LEVEL = 0x00080052;
const STUDY = 0x0020000d;
const SERIES = 0x0020000e;
const IMAGE = 0x00080018;
const INSTANCES_OF_STUDY = 0x00201208;
const INSTANCES_OF_SERIES = 0x00201209;

/** C-FIND at STUDY level of the Study Root (PS3.4 section C.6.2). */
export const studyIdentifier = (filter: StudyFilter) =>
  identifier([
    { tag: 0x00080020, vr: 'DA', value: filter.studyDate ?? '' },
    { tag: 0x00080030, vr: 'TM', value: filter.studyTime ?? '' },
    { tag: 0x00080050, vr: 'SH', value: filter.accessionNumber ?? '' },
    { tag: LEVEL, vr: 'CS', value: 'STUDY' },
    { tag: 0x00080061, vr: 'CS', value: filter.modality ?? '' },
    { tag: STUDY, vr: 'UI', value: filter.studyInstanceUid ?? '' },
    { tag: INSTANCES_OF_STUDY, vr: 'IS', value: '' },
  ]);

export const seriesIdentifier = (studyInstanceUid: string) =>
  identifier([
    { tag: LEVEL, vr: 'CS', value: 'SERIES' },
    { tag: STUDY, vr: 'UI', value: studyInstanceUid },
    { tag: SERIES, vr: 'UI', value: '' },
    { tag: INSTANCES_OF_SERIES, vr: 'IS', value: '' },
  ]);

export const imageIdentifier = (studyInstanceUid: string, seriesInstanceUid: string) =>
  identifier([
    { tag: IMAGE, vr: 'UI', value: '' },
    { tag: LEVEL, vr: 'CS', value: 'IMAGE' },
    { tag: STUDY, vr: 'UI', value: studyInstanceUid },
    { tag: SERIES, vr: 'UI', value: seriesInstanceUid },
  ]);

/** What C-MOVE and C-GET ask for: one study. */
export const retrieveIdentifier = (studyInstanceUid: string) =>
  identifier([
    { tag: LEVEL, vr: 'CS', value: 'STUDY' },
    { tag: STUDY, vr: 'UI', value: studyInstanceUid },
  ]);

/** Undefined for an answer without a Study Instance UID, which names nothing. Throws a HeaderError. */
export function foundStudy(dataSet: Buffer, transferSyntaxUid: string): FoundStudy | undefined {
  const found = readDataSet(dataSet, transferSyntaxUid).dataSet;
  const studyInstanceUid = found.string('x0020000d');
  if (studyInstanceUid === undefined || studyInstanceUid === '') return undefined;
  return { studyInstanceUid, studyDate: found.string('x00080020') ?? '', instances: count(found.string('x00201208')) };
}

/** Throws a HeaderError. */
export function foundSeries(dataSet: Buffer, transferSyntaxUid: string) {
  const found = readDataSet(dataSet, transferSyntaxUid).dataSet;
  return { seriesInstanceUid: found.string('x0020000e') ?? '', instances: count(found.string('x00201209')) };
}

const count = (text: string | undefined) => (text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined);

const identifier = (elements: readonly WrittenElement[]) => (transferSyntaxUid: string) =>
  writeDataSet(elements, transferSyntaxUid);
