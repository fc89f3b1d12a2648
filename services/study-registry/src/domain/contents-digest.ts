import { changedSetDigest, EMPTY_SET_DIGEST } from '@yinglian/dicom';

/** Of instances by UID, each with the SHA-256 of its data set. */
export const contentsDigest = (registered: ReadonlyMap<string, string>): string =>
  changedSetDigest(
    EMPTY_SET_DIGEST,
    Array.from(registered, ([sopInstanceUid, dataSetSha256]) => ({ sopInstanceUid, dataSetSha256 })),
  );
