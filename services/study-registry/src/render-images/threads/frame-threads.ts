import { Slots } from '@yinglian/platform';
import type { FrameRequest } from '../display/display-frame.js';
import type { FrameAnswer } from './answer-frames.js';
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
 * Decodes frames in threads, so that the event loop goes on answering, codecs that hang can be ended and their memory comes
 * back. Threads start at first use.
 */
export class FrameThreads {
  private readonly slots: Slots;
  private readonly idle: FrameThread[] = [];

  constructor(private readonly options: FrameThreadsOptions) {
    this.slots = new Slots(options.atOnce);
  }

  /** Builds the request only when a thread is free; null means that there is nothing to decode. */
  display(prepare: () => Promise<FrameRequest | null>): Promise<FrameAnswer | null> {
    return this.slots.run(async () => {
      const request = await prepare();
      return request === null ? null : this.ask(request);
    });
  }

  private async ask(request: FrameRequest): Promise<FrameAnswer> {
    const thread = this.idle.pop() ?? new FrameThread();
    let isKept = false;
    try {
      const answer = await thread.display(request, this.options.timeoutMs);
      // What a codec is left with after a failure is not known.
      isKept = 'frame' in answer && answer.frame.pixels.length <= this.options.keptBytes;
      return answer;
    } finally {
      if (isKept) this.idle.push(thread);
      else await thread.end();
    }
  }
}
