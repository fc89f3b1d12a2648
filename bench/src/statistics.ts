import { execFile } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';

/** The value that the share `p` (0 to 1) of all values does not exceed. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.ceil(p * sorted.length) - 1)];
  if (value === undefined) throw new Error('There is no percentile of nothing');
  return value;
}

export const median = (values: readonly number[]) => percentile(values, 0.5);

const ROUNDS = 5;
/** Not measured: a server that runs for months is not judged by the minute in which its code is compiled. */
export const WARM_UP_ROUNDS = 2;

/** Measures two things in turn, A B A B …, so that a machine whose speed drifts is fair to both; returns the medians. */
export async function inTurn(
  ours: (round: number) => Promise<number>,
  peer: (round: number) => Promise<number>,
  rounds = ROUNDS,
): Promise<{ ours: number; peer: number }> {
  const results: { ours: number[]; peer: number[] } = { ours: [], peer: [] };
  for (let round = 0; round < WARM_UP_ROUNDS + rounds; round += 1) {
    results.ours.push(await ours(round));
    results.peer.push(await peer(round));
  }
  const medianOf = (measured: readonly number[]) => median(measured.slice(WARM_UP_ROUNDS));
  return { ours: medianOf(results.ours), peer: medianOf(results.peer) };
}

/** A virtual machine gives memory that is free back to its host after 2 s. */
const REST_MS = 3_000;

/**
 * Lets the machine come to rest, so that whoever is measured next finds it as the one before did: nobody waits for another's
 * bytes to be written, or gets the memory that another has just freed and that costs a new one's price otherwise.
 */
export async function settle(): Promise<void> {
  await promisify(execFile)('sync');
  await setTimeout(REST_MS);
}

/** Runs `work` and returns how long it took, in seconds. */
export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1000;
}
