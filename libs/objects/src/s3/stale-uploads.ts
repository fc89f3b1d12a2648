import { AbortMultipartUploadCommand, ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import type { S3Bucket } from './s3-bucket.js';

/** An upload under way takes minutes; a day also spares those of other processes on the same bucket. */
const STALE_AFTER_MS = 24 * 3_600_000;

/** Takes back uploads that nobody finished: what a killed process left, which is paid for and never listed. */
export async function abortStaleUploads(
  bucket: S3Bucket,
  nowMs: number,
  staleAfterMs = STALE_AFTER_MS,
): Promise<number> {
  const { Bucket, Key: Prefix } = bucket.at('');
  let aborted = 0;
  let from: { KeyMarker?: string; UploadIdMarker?: string } = {};
  for (;;) {
    const page = await bucket.client.send(new ListMultipartUploadsCommand({ Bucket, Prefix, ...from }));
    for (const { Key, UploadId, Initiated } of page.Uploads ?? []) {
      if (Initiated === undefined || nowMs - Initiated.getTime() < staleAfterMs) continue;
      await bucket.client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
      aborted += 1;
    }
    if (page.IsTruncated !== true || page.NextKeyMarker === undefined) return aborted;
    const { NextKeyMarker, NextUploadIdMarker } = page;
    from = {
      KeyMarker: NextKeyMarker,
      ...(NextUploadIdMarker === undefined ? {} : { UploadIdMarker: NextUploadIdMarker }),
    };
  }
}
