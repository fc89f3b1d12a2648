import type { DicomJson } from '@yinglian/dicom';
import { element } from '../find-studies/study-json.js';
import type { SeriesRow } from '../storage/study-row.js';

/** A series in the answer of a search (PS3.18 table 10.6.3-4). */
export const seriesJson = (series: SeriesRow, dicomWebRoot: string): DicomJson => ({
  '00080005': element('CS', 'ISO_IR 192'),
  '00080021': element('DA', series.series_date),
  '00080031': element('TM', series.series_time),
  '00080060': element('CS', series.modality),
  '0008103E': element('LO', series.description),
  '00081190': element('UR', `${dicomWebRoot}/studies/${series.study_uid}/series/${series.series_uid}`),
  '00180015': element('CS', series.body_part),
  '0020000D': element('UI', series.study_uid),
  '0020000E': element('UI', series.series_uid),
  '00200011': number('IS', series.series_number),
  '00201209': element('IS', series.instance_count),
  ...series.told,
});

/** A number that a device wrote as something else stays the text that it is. */
export const number = (vr: string, text: string) => {
  const value = Number(text);
  return element(vr, text !== '' && Number.isFinite(value) ? value : text);
};
