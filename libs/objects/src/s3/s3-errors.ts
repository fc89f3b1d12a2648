import { ObjectMissing, ObjectStoreFull, ObjectStoreUnavailable, ObjectTooShort } from '../object-store.errors.js';

const MISSING = new Set(['NoSuchKey', 'NotFound']);
/** What servers say that have no room: quotas by S3 itself and by those that speak it, and HTTP's own status. */
const FULL = new Set(['QuotaExceeded', 'XMinioStorageFull', 'XMinioAdminBucketQuotaExceeded', 'InsufficientStorage']);
const INSUFFICIENT_STORAGE = 507;
const NOT_THERE = 404;
const RANGE_NOT_SATISFIABLE = 416;

/** Errors of ours that need no translation. */
const OURS = [ObjectMissing, ObjectStoreFull, ObjectStoreUnavailable, ObjectTooShort];

/**
 * What an answer of S3, or none, means to whoever uses an object. A refusal that asking again does not change, such as a wrong
 * key or no such bucket, is one too of a store that cannot be used: its name is in the message, the answer is the cause.
 */
export function s3Error(error: unknown, key: string): Error {
  if (error instanceof Error && OURS.some((kind) => error instanceof kind)) return error;
  const { name, status } = whatIsSaid(error);
  if (MISSING.has(name) || (status === NOT_THERE && name !== 'NoSuchBucket'))
    return new ObjectMissing(`There is no object ${key}`, { cause: error });
  if (status === RANGE_NOT_SATISFIABLE)
    return new ObjectTooShort('The object is shorter than expected', { cause: error });
  if (FULL.has(name) || status === INSUFFICIENT_STORAGE)
    return new ObjectStoreFull('The object store has no room', { cause: error });
  return new ObjectStoreUnavailable(`The object store does not answer: ${name}`, { cause: error });
}

function whatIsSaid(error: unknown): { name: string; status: number | undefined } {
  if (!(error instanceof Error)) return { name: 'unknown', status: undefined };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return { name: error.name === 'Error' ? code : error.name, status: statusOf(error) };
}

function statusOf(error: Error): number | undefined {
  const metadata = '$metadata' in error ? error.$metadata : undefined;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return undefined;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}
