import { Slots } from '@yinglian/platform';
import type { BandRequest } from '../../recompress-packs/bands/code-band.js';
import type { TranscodeRequest } from '../../transcode-images/encode/transcode-frame.js';
import type { FrameRequest } from '../display/display-frame.js';
import type { BandAnswer, FrameAnswer, ThreadAnswer, ThreadRequest, TranscodeAnswer } from './answer-frames.js';
import { FrameThread } from './frame-thread.js';

export interface FrameThreadsOptions {
  /** Frames that are decoded at once; others wait in order. */
  readonly atOnce: number;
  /** After that a frame is given up and its thread ended. */
  readonly timeoutMs: number;
  /** A thread that has made more pixels than that is ended, as WebAssembly memory never shrinks. */
  readonly keptBytes: number;
}

/**
 * Decodes and encodes frames in threads, so that the event loop goes on answering, codecs that hang can be ended and their memory comes
 * back. Threads start at first use.
 */
export class FrameThreads {
  private readonly slots: Slots;
  private readonly idle: FrameThread[] = [];

  constructor(private readonly options: FrameThreadsOptions) {
    this.slots = new Slots(options.atOnce);
  }

  /** Builds the request only when a thread is free; null means that there is nothing to decode. */
  async display(prepare: () => Promise<FrameRequest | null>): Promise<FrameAnswer | null> {
    const answer = await this.run(prepare);
    if (answer === null || 'frame' in answer || 'undecodable' in answer) return answer;
    throw new TypeError('A picture was asked for');
  }

  /** The same for a frame in another transfer syntax. */
  async transcode(prepare: () => Promise<TranscodeRequest>): Promise<TranscodeAnswer> {
    const answer = await this.run(prepare);
    if (answer !== null && ('encoded' in answer || 'undecodable' in answer)) return answer;
    throw new TypeError('An encoded frame was asked for');
  }

  /** The same for rows of a frame in a compact pack. */
  async code(request: BandRequest): Promise<BandAnswer> {
    const answer = await this.run(async () => request);
    if (answer !== null && ('band' in answer || 'coded' in answer || 'undecodable' in answer)) return answer;
    throw new TypeError('A band was asked for');
  }

  private run(prepare: () => Promise<ThreadRequest | null>): Promise<ThreadAnswer | null> {
    return this.slots.run(async () => {
      const request = await prepare();
      return request === null ? null : this.ask(request);
    });
  }

  private async ask(request: ThreadRequest): Promise<ThreadAnswer> {
    const thread = this.idle.pop() ?? new FrameThread();
    let isKept = false;
    try {
      const answer = await thread.ask(request, this.options.timeoutMs);
      // What a codec is left with after a failure is not known.
      isKept = !('undecodable' in answer) && usedBytes(request, answer) <= this.options.keptBytes;
      return answer;
    } finally {
      if (isKept) this.idle.push(thread);
      else await thread.end();
    }
  }
}

/** What codecs have had in memory, more or less. */
function usedBytes(request: ThreadRequest, answer: ThreadAnswer): number {
  if ('frame' in answer) return answer.frame.pixels.length;
  if ('band' in request) return 'band' in answer ? answer.band.length : request.bytes.length;
  const { image } = request;
  return image.rows * image.columns * image.samplesPerPixel * Math.ceil(image.bitsAllocated / 8);
}
