import { FrameThreads } from './frame-threads.js';

const KEPT_BYTES = 32 * 1024 * 1024;

/** The threads of this process: pictures and other transfer syntaxes take turns. */
export const sharedThreads = new FrameThreads({ atOnce: 2, timeoutMs: 30_000, keptBytes: KEPT_BYTES });
