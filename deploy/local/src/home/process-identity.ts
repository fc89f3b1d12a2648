import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { systemErrorCode } from './system-error.js';

/** A process that cannot be mistaken for a later one with the same number. */
export const ProcessIdentity = z.object({ pid: z.number().int().positive(), startedAt: z.string().nullable() });
export type ProcessIdentity = z.infer<typeof ProcessIdentity>;

export const identityOf = (pid: number): ProcessIdentity => ({ pid, startedAt: startOf(pid) });

/** Whether that very process still runs. */
export function isRunning(identity: ProcessIdentity): boolean {
  try {
    process.kill(identity.pid, 0);
  } catch (error) {
    if (systemErrorCode(error) !== 'EPERM') return false;
  }
  return identity.startedAt === startOf(identity.pid);
}

/** Field 22 of /proc/<pid>/stat (proc_pid_stat(5)); null where there is no /proc, then the number alone decides. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field, the program's name in parentheses, may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie has ended; its parent has not looked yet.
    return fields[0] === 'Z' ? 'ended' : (fields[19] ?? null);
  } catch {
    return null;
  }
}
