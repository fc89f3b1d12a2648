import { setTimeout as pause } from 'node:timers/promises';
import { runProgram } from '@yinglian/testing';
import type { Say } from '../say.js';
import { described, type Fault } from '../schedule/fault.js';
import type { ChaosProvince } from './chaos-province.js';

/** Files that are longer cannot grow: as full as a disk gets where there is only one. */
const FULL_FILE_BYTES = 100_000;

/** Lets a fault happen and puts it right when its time is over. Resolves with whether it could happen. */
export async function inject(chaos: ChaosProvince, fault: Fault, say: Say): Promise<boolean> {
  if (fault.kind === 'kill') {
    const isKilled = kill(chaos, fault.process);
    say(isKilled ? described(fault) : `${fault.process} is down already`);
    return isKilled;
  }
  say(described(fault));
  const mend = await begin(chaos, fault);
  await pause(fault.forMs);
  await mend();
  return true;
}

function kill({ province }: ChaosProvince, name: string): boolean {
  const pid = province.pidOf(name);
  try {
    return pid !== undefined && process.kill(pid, 'SIGKILL');
  } catch {
    // It has just ended by itself.
    return false;
  }
}

async function begin(
  chaos: ChaosProvince,
  fault: Exclude<Fault, { kind: 'kill' }>,
): Promise<() => Promise<void> | void> {
  const { line, clocks, spoolDisk } = chaos;
  if (fault.kind === 'line') {
    line.become(fault.trouble);
    return () => line.become(undefined);
  }
  if (fault.kind === 'clock') {
    await clocks.shift(fault.process, fault.byMs);
    return () => clocks.shift(fault.process, 0);
  }
  if (fault.process.startsWith('gateway-') && spoolDisk !== undefined) {
    spoolDisk.fill();
    return () => spoolDisk.free();
  }
  await limitFiles(chaos, fault.process, String(FULL_FILE_BYTES));
  return () => limitFiles(chaos, fault.process, 'unlimited');
}

/** A process that was started again meanwhile has no limit. */
async function limitFiles({ province }: ChaosProvince, name: string, bytes: string): Promise<void> {
  const pid = province.pidOf(name);
  if (pid !== undefined) await runProgram('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`]);
}
