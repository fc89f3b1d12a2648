import { PackError } from '@yinglian/dicom';
import { ObjectStoreFull, ObjectTooLarge, WrongOffset } from '@yinglian/objects';
import { type Failure, failure } from '@yinglian/platform';
import { registryProblems } from '../study-registry.errors.js';
import { UploadBroken } from './uploads-under-way.js';

/** What is said of a pack or an outline that was not taken; throws what is nobody's fault. */
export function problemOf(error: unknown): Failure {
  if (error instanceof PackError) return failure(registryProblems.PACK_MALFORMED, error.message);
  if (error instanceof ObjectTooLarge) return failure(registryProblems.PACK_TOO_LARGE);
  if (error instanceof ObjectStoreFull) return failure(registryProblems.STORE_FULL);
  if (error instanceof UploadBroken) return failure(registryProblems.UPLOAD_BROKEN);
  if (error instanceof WrongOffset) return failure(registryProblems.UPLOAD_OFFSET_MISMATCH);
  throw error;
}
