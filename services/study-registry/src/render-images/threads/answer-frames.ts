import { parentPort } from 'node:worker_threads';
import { UndecodableFrame } from '../decode/decoded-frame.js';
import { displayFrame, type FrameRequest, type VisibleFrame } from '../display/display-frame.js';

/** What a thread answers; `undecodable` says why there is no frame. */
export type FrameAnswer = { readonly frame: VisibleFrame } | { readonly undecodable: string };

/** Answers each frame that the main thread sends. */
export function answerFrames(): void {
  parentPort?.on('message', (request: FrameRequest) => {
    void answerTo(request).then((answer) => {
      parentPort?.postMessage(answer, 'frame' in answer ? [transferable(answer.frame.pixels)] : []);
    });
  });
}

async function answerTo(request: FrameRequest): Promise<FrameAnswer> {
  try {
    return { frame: await displayFrame(request) };
  } catch (error) {
    if (error instanceof UndecodableFrame) return { undecodable: error.message };
    throw error;
  }
}

function transferable({ buffer }: Uint8Array): ArrayBuffer {
  if (buffer instanceof ArrayBuffer) return buffer;
  throw new TypeError('Pixels lie in memory of this thread only');
}
