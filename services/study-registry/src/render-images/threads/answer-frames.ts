import { parentPort } from 'node:worker_threads';
import {
  type EncodedFrame,
  type TranscodeRequest,
  transcodeFrame,
} from '../../transcode-images/encode/transcode-frame.js';
import { UndecodableFrame } from '../decode/decoded-frame.js';
import { displayFrame, type FrameRequest } from '../display/display-frame.js';
import type { VisibleFrame } from '../display/visible-frame.js';

export type ThreadRequest = FrameRequest | TranscodeRequest;

/** What a thread answers; `undecodable` says why there is no frame. */
export type FrameAnswer = { readonly frame: VisibleFrame } | { readonly undecodable: string };
export type TranscodeAnswer = { readonly encoded: EncodedFrame } | { readonly undecodable: string };
export type ThreadAnswer = FrameAnswer | TranscodeAnswer;

/** Answers each frame that the main thread sends. */
export function answerFrames(): void {
  parentPort?.on('message', (request: ThreadRequest) => {
    void answerTo(request).then((answer) => {
      parentPort?.postMessage(answer, bytesOf(answer).map(transferable));
    });
  });
}

async function answerTo(request: ThreadRequest): Promise<ThreadAnswer> {
  try {
    if ('targetUid' in request) return { encoded: await transcodeFrame(request) };
    return { frame: await displayFrame(request) };
  } catch (error) {
    if (error instanceof UndecodableFrame) return { undecodable: error.message };
    throw error;
  }
}

function bytesOf(answer: ThreadAnswer): Uint8Array[] {
  if ('frame' in answer) return [answer.frame.pixels];
  // Small buffers of Node share their memory with others.
  return 'encoded' in answer && !isPooled(answer.encoded.bytes) ? [answer.encoded.bytes] : [];
}

const isPooled = ({ buffer, byteLength }: Uint8Array) => buffer.byteLength !== byteLength;

function transferable({ buffer }: Uint8Array): ArrayBuffer {
  if (buffer instanceof ArrayBuffer) return buffer;
  throw new TypeError('Pixels lie in memory of this thread only');
}
