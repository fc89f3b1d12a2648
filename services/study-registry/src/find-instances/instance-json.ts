import type { DicomJson } from '@yinglian/dicom';
import { number } from '../find-series/series-json.js';
import { element } from '../find-studies/study-json.js';
import type { StoredInstance } from '../storage/study-contents.js';

export const instancePath = (
  studyUid: string,
  { seriesUid, sopInstanceUid }: Pick<StoredInstance, 'seriesUid' | 'sopInstanceUid'>,
) => `/studies/${studyUid}/series/${seriesUid}/instances/${sopInstanceUid}`;

/** An instance in the answer of a search (PS3.18 table 10.6.3-5). */
export function instanceJson(studyUid: string, instance: StoredInstance, dicomWebRoot: string): DicomJson {
  const isImage = instance.rows > 0;
  return {
    '00080005': element('CS', 'ISO_IR 192'),
    '00080016': element('UI', instance.sopClassUid),
    '00080018': element('UI', instance.sopInstanceUid),
    '00080056': element('CS', 'ONLINE'),
    '00081190': element('UR', dicomWebRoot + instancePath(studyUid, instance)),
    '00083002': element('UI', instance.transferSyntaxUid),
    '0020000D': element('UI', studyUid),
    '0020000E': element('UI', instance.seriesUid),
    '00200013': number('IS', instance.instanceNumber),
    ...(isImage
      ? {
          '00280008': element('IS', instance.numberOfFrames),
          '00280010': element('US', instance.rows),
          '00280011': element('US', instance.columns),
          '00280100': element('US', instance.bitsAllocated),
        }
      : {}),
  };
}
