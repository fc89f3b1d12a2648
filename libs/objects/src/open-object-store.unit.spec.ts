import { describe, expect, it } from '@jest/globals';
import { bucketOf } from './open-object-store.js';

describe('the URL of an object store', () => {
  it('names a bucket, and what stands before its keys', () => {
    expect([
      bucketOf('s3://province'),
      bucketOf('s3://province/'),
      bucketOf('s3://my.bucket/images'),
      bucketOf('s3://my.bucket/images/2026/'),
    ]).toEqual([
      { bucket: 'province', prefix: '' },
      { bucket: 'province', prefix: '' },
      { bucket: 'my.bucket', prefix: 'images/' },
      { bucket: 'my.bucket', prefix: 'images/2026/' },
    ]);
  });

  it.each([
    'https://province',
    's3://',
    's3:///images',
    's3://Province',
    's3://key:secret@province',
    's3://province//a',
  ])('is not %s', (url) => {
    expect(bucketOf(url)).toBeUndefined();
  });
});
