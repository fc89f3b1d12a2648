import { parentPort } from 'node:worker_threads';
import type { CodedBand } from '../../recompress-packs/bands/band.js';
import { type BandRequest, decodeBand, encodeBand } from '../../recompress-packs/bands/code-band.js';
import {
  type EncodedFrame,
  type TranscodeRequest,
  transcodeFrame,
} from '../../transcode-images/encode/transcode-frame.js';
import { UndecodableFrame } from '../decode/decoded-frame.js';
import { displayFrame, type FrameRequest } from '../display/display-frame.js';
import type { VisibleFrame } from '../display/visible-frame.js';

export type ThreadRequest = FrameRequest | TranscodeRequest | BandRequest;

/** What a thread answers; `undecodable` says why there is no frame. */
export type FrameAnswer = { readonly frame: VisibleFrame } | { readonly undecodable: string };
export type TranscodeAnswer = { readonly encoded: EncodedFrame } | { readonly undecodable: string };
export type BandAnswer =
  | { readonly coded: CodedBand | null }
  | { readonly band: Uint8Array }
  | { readonly undecodable: string };
export type ThreadAnswer = FrameAnswer | TranscodeAnswer | BandAnswer;

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
    if ('band' in request) return await answerToBand(request);
    if ('targetUid' in request) return { encoded: await transcodeFrame(request) };
    return { frame: await displayFrame(request) };
  } catch (error) {
    if (error instanceof UndecodableFrame) return { undecodable: error.message };
    throw error;
  }
}

async function answerToBand(request: BandRequest): Promise<BandAnswer> {
  if (request.band === 'decode') return { band: await decodeBand(request.code, request.bytes) };
  try {
    return { coded: await encodeBand(request.shape, request.bytes) };
  } catch (error) {
    // Noise has no room in the codec's memory, which is nothing unusual.
    if (error instanceof UndecodableFrame) return { coded: null };
    throw error;
  }
}

function bytesOf(answer: ThreadAnswer): Uint8Array[] {
  if ('frame' in answer) return [answer.frame.pixels];
  if ('band' in answer) return [answer.band];
  if ('coded' in answer) return answer.coded === null ? [] : [answer.coded.codestream];
  // Small buffers of Node share their memory with others.
  return 'encoded' in answer && !isPooled(answer.encoded.bytes) ? [answer.encoded.bytes] : [];
}

const isPooled = ({ buffer, byteLength }: Uint8Array) => buffer.byteLength !== byteLength;

function transferable({ buffer }: Uint8Array): ArrayBuffer {
  if (buffer instanceof ArrayBuffer) return buffer;
  throw new TypeError('Pixels lie in memory of this thread only');
}
