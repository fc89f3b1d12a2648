import { type ParsedHeader, vrOf } from '@yinglian/dicom';

type DataSet = ParsedHeader['dataSet'];

/** Whether a sequence is there with the VR UN (PS3.5 section 6.2.2), so that its items would be left out in silence. */
export function hasUnreadSequence(dataSet: DataSet): boolean {
  return Object.values(dataSet.elements).some(({ tag, length, items }) => {
    if (items !== undefined) return items.some((item) => item.dataSet !== undefined && hasUnreadSequence(item.dataSet));
    return length > 0 && vrOf(tag.slice(1).toUpperCase()) === 'SQ';
  });
}
