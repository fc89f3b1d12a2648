import { ObjectStoreUnavailable } from '@yinglian/objects';
import { FrameThreads } from '../../render-images/threads/frame-threads.js';
import type { BandCode, BandShape, CodedBand } from './band.js';

const LONGEST_MS = 30_000;
const KEPT_BYTES = 32 * 1024 * 1024;

/** Codes bands in threads. Readers have threads of their own: pictures are waited for in theirs by who waits for bands here. */
export class BandThreads {
  private readonly decoding = new FrameThreads({ atOnce: 2, timeoutMs: LONGEST_MS, keptBytes: KEPT_BYTES });
  private readonly encoding = new FrameThreads({ atOnce: 1, timeoutMs: LONGEST_MS, keptBytes: KEPT_BYTES });

  /** Null when the codec does not take it. */
  async encode(shape: BandShape, bytes: Uint8Array): Promise<CodedBand | null> {
    const answer = await this.encoding.code({ band: 'encode', shape, bytes });
    return 'coded' in answer ? answer.coded : null;
  }

  /** Of bytes that are those that were coded. @throws ObjectStoreUnavailable when they cannot be decoded now */
  async decode(code: BandCode, bytes: Uint8Array): Promise<Uint8Array> {
    const answer = await this.decoding.code({ band: 'decode', code, bytes });
    if ('band' in answer) return answer.band;
    throw new ObjectStoreUnavailable('A compact pack cannot be decoded now');
  }
}

/** The threads of this process. */
export const sharedBands = new BandThreads();
