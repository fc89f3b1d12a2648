import { setTimeout as pause } from 'node:timers/promises';
import type { Province } from '@yinglian/testing';
import type { Say } from '../say.js';
import { HOSPITALS } from '../schedule/fault.js';

const LOOK_EVERY_MS = 500;
const SAY_EVERY = 6;
/** Longer than packs wait aside that met a few failures. */
const STANDSTILL_MS = 90_000;
const PATIENCE_MS = 330_000;

interface Waiting {
  readonly packs: number;
  readonly bytes: number;
}

/** Waits until no gateway holds anything for the registry. Resolves with whether it came to that. */
export async function untilDrained(province: Province, say: Say): Promise<boolean> {
  const deadline = performance.now() + PATIENCE_MS;
  let last = { told: '', at: performance.now() };
  for (let look = 0; performance.now() < Math.min(deadline, last.at + STANDSTILL_MS); look += 1) {
    const waiting = await Promise.all(HOSPITALS.map((code) => waitingAt(province, code)));
    const known = waiting.filter((each) => each !== undefined);
    if (known.length === waiting.length && known.every(({ bytes }) => bytes === 0)) return true;
    const told = known.length < waiting.length ? 'a gateway' : total(known);
    if (told !== last.told) last = { told, at: performance.now() };
    if (look % SAY_EVERY === 0) say(`waiting for ${told}`);
    await pause(LOOK_EVERY_MS);
  }
  return false;
}

/** What a gateway says of itself; undefined while it does not answer. */
async function waitingAt(province: Province, code: string): Promise<Waiting | undefined> {
  const gateway = province.endpoints.hospitals.find((hospital) => hospital.code === code)?.gateway;
  try {
    const metrics = await (await fetch(`${gateway}/metrics`)).text();
    return { packs: metric(metrics, 'gateway_packs_pending'), bytes: metric(metrics, 'gateway_spool_bytes') };
  } catch {
    return undefined;
  }
}

/** NaN, which is no number of anything, while it is not told. */
const metric = (metrics: string, name: string) => Number(new RegExp(`^${name}\\S* (\\S+)`, 'm').exec(metrics)?.[1]);

const total = (waiting: readonly Waiting[]) =>
  waiting.map(({ packs, bytes }) => `${packs} packs and ${(bytes / 1e6).toFixed(1)} MB`).join(', ');
