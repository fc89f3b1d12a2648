/** Verification (PS3.4 annex A). */
export const VERIFICATION = '1.2.840.10008.1.1';

const DICOM_ROOT = '1.2.840.10008.';
const STORAGE_FAMILY = '1.2.840.10008.5.1.4.1.1.';

/** Classes below the family's root that are services, not storage (PS3.6 annex A). */
const NOT_STORAGE = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.(200\.[456]|201\.[23456])$/;

/** Storage classes that stand elsewhere in the tree (PS3.6 annex A). */
const STORAGE_ELSEWHERE: ReadonlySet<string> = new Set([
  '1.2.840.10008.5.1.1.27',
  '1.2.840.10008.5.1.1.29',
  '1.2.840.10008.5.1.1.30',
  '1.2.840.10008.5.1.4.34.1',
  '1.2.840.10008.5.1.4.34.7',
  '1.2.840.10008.5.1.4.34.10',
  '1.2.840.10008.5.1.4.38.1',
  '1.2.840.10008.5.1.4.39.1',
  '1.2.840.10008.5.1.4.43.1',
  '1.2.840.10008.5.1.4.44.1',
  '1.2.840.10008.5.1.4.45.1',
]);

/**
 * Whether instances of a SOP class can be stored: every storage class of the standard, also ones younger than this program,
 * and every private class, since nothing tells private storage from other private services before it is used.
 */
export function isStorageClass(sopClassUid: string): boolean {
  if (!/^[0-9.]{1,64}$/.test(sopClassUid)) return false;
  if (!sopClassUid.startsWith(DICOM_ROOT)) return true;
  if (STORAGE_ELSEWHERE.has(sopClassUid)) return true;
  return sopClassUid.startsWith(STORAGE_FAMILY) && !NOT_STORAGE.test(sopClassUid);
}
