import { S3ServiceException } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { s3Error } from './s3-errors.js';

const answered = (name: string, httpStatusCode: number) =>
  new S3ServiceException({ name, $fault: 'server', $metadata: { httpStatusCode }, message: 'secret of an answer' });

describe('what an answer of S3 means', () => {
  it.each([
    ['NoSuchKey', 404, 'ObjectMissing'],
    ['NotFound', 404, 'ObjectMissing'],
    ['NoSuchBucket', 404, 'ObjectStoreUnavailable'],
    ['InvalidRange', 416, 'ObjectTooShort'],
    ['QuotaExceeded', 403, 'ObjectStoreFull'],
    ['XMinioStorageFull', 507, 'ObjectStoreFull'],
    ['SlowDown', 503, 'ObjectStoreUnavailable'],
    ['AccessDenied', 403, 'ObjectStoreUnavailable'],
    ['InvalidAccessKeyId', 403, 'ObjectStoreUnavailable'],
  ])('%s with %d is %s', (name, status, expected) => {
    expect(s3Error(answered(name, status), 'packs/one').name).toBe(expected);
  });

  it('names what went wrong, and nothing of what was said', () => {
    const refused = s3Error(answered('AccessDenied', 403), 'packs/one');
    const reset = s3Error(Object.assign(new Error('read'), { code: 'ECONNRESET' }), 'packs/one');
    expect([refused.message, reset.message]).toEqual([
      'The object store does not answer: AccessDenied',
      'The object store does not answer: ECONNRESET',
    ]);
  });

  it('stays what it is when it is known', () => {
    const known = s3Error(answered('NoSuchKey', 404), 'packs/one');
    expect(s3Error(known, 'packs/two')).toBe(known);
  });
});
