import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** What a file's writer is known to be: only of a process whose numbers mean the same here can it be said that it has ended. */
export type WriterState = 'running' | 'ended' | 'elsewhere';

/** Names this process among all that may write in one folder: where its number means something, the number, and since when it has it. */
export const thisProcess = (): string => [place(), process.pid, startOf(process.pid) ?? ''].join('-');

export function stateOf(writer: string): WriterState {
  const [where, pid, start] = writer.split('-');
  if (where !== place()) return 'elsewhere';
  return startOf(Number(pid)) === start ? 'running' : 'ended';
}

/** One start of one machine's system, and of what counts processes by itself in it, such as a container. */
const place = () => {
  const parts = [hostname(), said(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'))];
  const numbers = said(() => readlinkSync('/proc/self/ns/pid'));
  return createHash('sha256')
    .update([...parts, numbers].join('\n'))
    .digest('hex')
    .slice(0, 12);
};

/** Since when there is a process of this number (proc(5), stat, starttime); undefined when there is none. */
function startOf(pid: number): string | undefined {
  const stat = said(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  if (stat !== '') return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return isThere(pid) ? '' : undefined;
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Empty where the system has no such file. */
function said(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
