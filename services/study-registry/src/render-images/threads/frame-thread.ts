import { Worker } from 'node:worker_threads';
import type { ThreadAnswer, ThreadRequest } from './answer-frames.js';

const ENTRY = new URL('./frame.worker.js', import.meta.url);

/** One thread that decodes or encodes one frame at a time. It keeps the process alive only while it does. */
export class FrameThread {
  private readonly worker = new Worker(ENTRY);
  private settle: { answer(answer: ThreadAnswer): void; fail(error: unknown): void } | undefined;

  constructor() {
    this.worker.on('message', (answer: ThreadAnswer) => this.settle?.answer(answer));
    this.worker.on('error', (error) => this.settle?.fail(error));
    this.worker.on('exit', () => this.settle?.fail(new Error('A thread that decodes frames ended by itself')));
  }

  async ask(request: ThreadRequest, timeoutMs: number): Promise<ThreadAnswer> {
    const { promise, resolve, reject } = Promise.withResolvers<ThreadAnswer>();
    this.settle = { answer: resolve, fail: reject };
    const timer = setTimeout(() => resolve({ undecodable: 'Decoding took too long' }), timeoutMs);
    this.worker.ref();
    this.worker.postMessage(request);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      this.settle = undefined;
      this.worker.unref();
    }
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }
}
