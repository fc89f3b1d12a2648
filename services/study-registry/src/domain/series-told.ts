import type { DicomJson } from '@yinglian/dicom';
import { clean } from '@yinglian/names';

const REQUEST_ATTRIBUTES = '00400275';
/** Timezone, and when the procedure step was performed (PS3.18 table 10.6.3-4). */
const PLAIN = ['00080201', '00400244', '00400245'];
/** Scheduled Procedure Step ID and Requested Procedure ID, of each request. */
const OF_REQUESTS = ['00400009', '00401001'];
const REQUESTS_AT_MOST = 16;

/** Of one of a series' images, what a search tells of the series beyond its columns. */
export function toldOf(image: DicomJson): DicomJson {
  const requests = (image[REQUEST_ATTRIBUTES]?.Value ?? []).filter(isItem).slice(0, REQUESTS_AT_MOST);
  return {
    ...only(image, PLAIN),
    ...(requests.length === 0
      ? {}
      : { [REQUEST_ATTRIBUTES]: { vr: 'SQ', Value: requests.map((request) => only(request, OF_REQUESTS)) } }),
  };
}

const isItem = (value: unknown): value is DicomJson => typeof value === 'object' && value !== null;

const only = (dataSet: DicomJson, tags: readonly string[]): DicomJson =>
  Object.fromEntries(
    tags.flatMap((tag) => {
      const element = dataSet[tag];
      const values = (element?.Value ?? []).filter((value) => typeof value === 'string').map(clean);
      return element === undefined || values.length === 0 ? [] : [[tag, { vr: element.vr, Value: values }] as const];
    }),
  );
