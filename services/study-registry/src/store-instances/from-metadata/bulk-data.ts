import type { KeptBytes } from './kept-bytes.js';

/** A part of the request that metadata refer to. */
export interface BulkData {
  readonly contentType: string;
  readonly bytes: KeptBytes;
}

/** What Content-Location says of a part: which bulk data it is, and which frame of it where it is one. */
export interface BulkDataAddress {
  readonly uri: string;
  /** From 1. */
  readonly frame: number | undefined;
}

/** A frame of several has the address of its bulk data and `/frames/…` behind it, as in answers of bulk data (PS3.18 section 10.4.3.3). */
export function frameAddress(contentLocation: string): BulkDataAddress | undefined {
  const [, uri, frame] = /^(.+)\/frames\/(\d{1,7})$/.exec(contentLocation) ?? [];
  return uri === undefined ? undefined : { uri, frame: Number(frame) };
}
