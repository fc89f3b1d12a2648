import { fileURLToPath } from 'node:url';
import { FileObjectStore } from './file-object-store.js';
import type { ObjectStore } from './object-store.js';

export interface ObjectStoreSettings {
  /** On this machine: of the objects, or of those that wait to be uploaded. */
  readonly folder: string;
  /** `s3://bucket`, `s3://bucket/prefix` or `file:///folder`; without it objects are files in the folder above. */
  readonly url?: string | undefined;
  /** Of an S3 server that is not Amazon's. */
  readonly endpoint?: string | undefined;
}

/** The object store of these settings, begun. */
export async function openObjectStore(settings: ObjectStoreSettings): Promise<ObjectStore> {
  const store = await objectStoreOf(settings);
  await store.begin();
  return store;
}

/** The same for whoever receives nothing: what is on its way into a store that another process has begun stays as it is. */
export async function objectStoreOf({ folder, url, endpoint }: ObjectStoreSettings): Promise<ObjectStore> {
  if (url === undefined) return new FileObjectStore(folder);
  const elsewhere = folderOf(url);
  if (elsewhere !== undefined) return new FileObjectStore(elsewhere);
  // Loaded where it is used: whoever keeps files does not wait for it.
  const { S3ObjectStore } = await import('./s3/s3-object-store.js');
  const place = bucketOf(url);
  if (place === undefined) throw new Error('An object store’s URL is s3://bucket or s3://bucket/prefix');
  return new S3ObjectStore({ ...place, ...(endpoint === undefined ? {} : { endpoint }) }, folder);
}

/** The folder of a `file:///…` URL of this machine. Undefined when it is no such URL. */
export function folderOf(url: string): string | undefined {
  if (!/^file:\/\/\/./.test(url)) return undefined;
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
}

/** Undefined when it is no such URL. Buckets' names are those of S3; a prefix has what keys have. */
export function bucketOf(url: string): { bucket: string; prefix: string } | undefined {
  const [, bucket, prefix = ''] =
    /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:\/[a-z0-9][a-z0-9.-]*)*)\/?$/.exec(url) ?? [];
  if (bucket === undefined) return undefined;
  return { bucket, prefix: prefix === '' ? '' : `${prefix.slice(1)}/` };
}
