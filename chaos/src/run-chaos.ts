import { setTimeout as pause } from 'node:timers/promises';
import { compareProvince } from './compare/compare-province.js';
import { untilDrained } from './compare/drain.js';
import { Interruption, interruption } from './interruption.js';
import type { Options } from './options.js';
import { type ChaosProvince, startChaosProvince } from './province/chaos-province.js';
import { inject } from './province/inject.js';
import { type ChaosResult, summary } from './report.js';
import { type Say, stopwatch } from './say.js';
import { HOSPITALS } from './schedule/fault.js';
import { scheduleOf } from './schedule/schedule.js';
import { Offered } from './send/offered.js';
import { runDevice } from './send/run-device.js';
import { runHis } from './send/run-his.js';
import { DEVICES } from './send/study-plan.js';
import { targetsOf } from './send/target.js';

/** Devices go on for so long after the chaos to bring the rest. */
const GIVE_UP_AFTER_MS = 60_000;

/** Sends while everything goes wrong, waits until all is well again, and compares. Rejects when it is interrupted. */
export async function runChaos(options: Options, write: (line: string) => void): Promise<ChaosResult> {
  const interrupted = interruption();
  write(`chaos for ${options.minutes} min, seed ${options.seed}, events on ${options.events}`);
  const chaos = await startChaosProvince(options.events);
  let leaves: 'everything' | 'nothing' = 'everything';
  try {
    if (chaos.spoolDisk === undefined)
      write('No file system may be mounted here: a full disk is a limit on file sizes.');
    const result = await Promise.race([sendAndCompare(chaos, options, write), interrupted]);
    if (result.lost + result.doubled === 0) leaves = 'nothing';
    return result;
  } catch (error) {
    if (error instanceof Interruption) leaves = 'nothing';
    throw error;
  } finally {
    const left = await chaos.stop(leaves);
    if (left !== undefined) write(`what the province has is kept in ${left}`);
  }
}

async function sendAndCompare(chaos: ChaosProvince, options: Options, write: (line: string) => void) {
  const offered = new Offered();
  const say = stopwatch(write);
  const kills = await sendThroughFaults(chaos, options, offered, say);
  say((await untilDrained(chaos.province, say)) ? 'every spool is empty' : 'spools are NOT empty');
  const compared = await compareProvince(chaos.province, options.events, offered, say);
  const result = { kills, acknowledged: offered.acknowledgedCount, ...compared };
  write(summary(options, offered, result));
  return result;
}

/** Resolves with the number of kills, when all faults are mended and all devices are done. */
async function sendThroughFaults(chaos: ChaosProvince, options: Options, offered: Offered, say: Say): Promise<number> {
  const targets = await targetsOf(chaos.province, chaos.folder);
  const ending = new AbortController();
  const over = new AbortController();
  const { seed } = options;
  const signals = { ending: ending.signal, over: over.signal };
  const devices = DEVICES.map(async (device) => {
    await runDevice(device, { seed, target: targets[device.hospital], offered: offered.images, ...signals });
    say(`${device.name} is done`);
  });
  const his = HOSPITALS.map((hospital) =>
    runHis({ seed, hospital, port: targets[hospital].hl7Port, offered: offered.messages, ...signals }),
  );
  const startedAt = performance.now();
  const injected = scheduleOf(options).map(async ({ atMs, fault }) => {
    await pause(Math.max(atMs - (performance.now() - startedAt), 0));
    return (await inject(chaos, fault, say)) && fault.kind === 'kill';
  });
  const ends = pause(options.minutes * 60_000);
  const kills = (await Promise.all(injected)).filter(Boolean).length;
  await ends;
  ending.abort();
  say(`all is mended; ${offered.acknowledgedCount} images and messages were acknowledged so far`);
  const givingUp = setTimeout(() => over.abort(), GIVE_UP_AFTER_MS);
  await Promise.all([...devices, ...his]);
  clearTimeout(givingUp);
  say(`all senders are done; ${offered.acknowledgedCount} images and messages were acknowledged`);
  return kills;
}
