import { EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN } from '@yinglian/dicom';

const STORAGE_FAMILY = '1.2.840.10008.5.1.4.1.1.';

/**
 * What C-GET can bring: a requestor names the classes beforehand, and an association holds 126 of them beside the services.
 * Instances of others fail in the PACS's count; C-MOVE brings every class.
 */
export const RETRIEVED_CLASSES: readonly string[] = `
  1 1.1 1.1.1 1.2 1.2.1 1.3 1.3.1 2 2.1 2.2 3.1 4 4.1 4.2 4.3 4.4
  6.1 6.2 7 7.1 7.2 7.3 7.4 9.1.1 9.1.2 9.1.3 9.2.1 9.3.1 9.4.1 11.1 11.2 11.3
  11.4 11.5 11.8 12.1 12.1.1 12.2 12.2.1 13.1.1 13.1.2 13.1.3 13.1.4 13.1.5 14.1 14.2 20 30
  66 66.1 66.2 66.3 66.4 66.5 67 77.1.1 77.1.1.1 77.1.2 77.1.2.1 77.1.3 77.1.4 77.1.4.1 77.1.5.1 77.1.5.2
  77.1.5.3 77.1.5.4 77.1.6 78.1 78.2 78.3 78.4 78.7 78.8 79.1 80.1 81.1 88.11 88.22 88.33 88.34
  88.40 88.50 88.59 88.65 88.67 88.68 88.69 104.1 104.2 104.3 128 128.1 130 481.1 481.2 481.3
  481.4 481.5 481.6 481.7 481.8 481.9
`
  .trim()
  .split(/\s+/)
  .map((suffix) => `${STORAGE_FAMILY}${suffix}`);

/**
 * The PACS chooses one for each class, and converts or fails what it has in another one: uncompressed ones come first, since every PACS can
 * give them without loss.
 */
export const RETRIEVED_SYNTAXES: readonly string[] = [EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN];
