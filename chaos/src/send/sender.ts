import type { CtSlice } from '@yinglian/testing';
import type { Target } from './target.js';

/** Sends instances and tells of each one that was acknowledged as soon as it was. It resolves however the sending ended. */
export type Sender = (target: Target, slices: readonly CtSlice[], acknowledged: Acknowledged) => Promise<void>;
export type Acknowledged = (sopInstanceUid: string) => void;

/** Longer than any association of these lasts, also on a line that is slow. */
export const SENDING_TIMEOUT_MS = 60_000;
