import { Worker } from 'node:worker_threads';
import { MatchModel } from '../domain/evidence/match-model.js';
import type { LearningSample } from './learning-sample.js';

const ENTRY = new URL('./learn.worker.js', import.meta.url);
const TIMEOUT_MS = 180_000;
const MEMORY_MB = 512;

/** Learns in a thread of its own, so that the event loop goes on answering. Throws when it takes longer than three minutes. */
export async function learnInThread(sample: LearningSample): Promise<MatchModel> {
  const worker = new Worker(ENTRY, { workerData: sample, resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } });
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  worker.once('message', resolve);
  worker.once('error', reject);
  worker.once('exit', () => reject(new Error('The thread that learns a model ended by itself')));
  const timer = setTimeout(() => reject(new Error('Learning a model took too long')), TIMEOUT_MS);
  try {
    return MatchModel.parse(await promise);
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
