import type { DicomJson } from '@yinglian/dicom';

/**
 * Addresses of bulk data without an origin: the viewer and the edge have different ones.
 * @param instancePath below `/dicom-web`
 * @param query of the addresses, with its question mark
 */
export const withBulkData = (metadata: DicomJson, instancePath: string, query = ''): DicomJson =>
  Object.fromEntries(
    Object.entries(metadata).map(([tag, element]) => [
      tag,
      element.BulkDataURI === undefined
        ? element
        : { ...element, BulkDataURI: `/dicom-web${instancePath}/${element.BulkDataURI}${query}` },
    ]),
  );
