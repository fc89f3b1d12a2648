import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Time to notice by themselves that the postmaster is gone: those that wait do, at once; those that compute do not. */
const NOTICE_MS = 300;
const TIMEOUT_MS = 10_000;
const POLL_MS = 10;

/** Names a cluster in the command line of each of its processes (PostgreSQL's setting cluster_name). */
export const clusterNameOf = (dataFolder: string): string =>
  `yinglian-${createHash('sha256').update(resolve(dataFolder)).digest('hex').slice(0, 16)}`;

/**
 * Resolves when the processes of a postmaster that was killed are gone; those that do not go are killed. PostgreSQL
 * refuses to start while one of them holds the shared memory, and one that computes holds it until it is done. A
 * cluster whose postmaster lives is left alone. Where there is no /proc nothing is known, and the start is tried again.
 */
export async function orphansGone(dataFolder: string): Promise<void> {
  const startedAt = Date.now();
  for (;;) {
    const orphans = orphansOf(clusterNameOf(dataFolder));
    const waitedMs = Date.now() - startedAt;
    if (orphans.length === 0 || waitedMs > TIMEOUT_MS) return;
    if (waitedMs > NOTICE_MS) for (const pid of orphans) kill(pid);
    await pause(POLL_MS);
  }
}

function orphansOf(cluster: string): number[] {
  if (!existsSync('/proc/self/stat')) return [];
  const commandLines = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => [Number(pid), read(`/proc/${pid}/cmdline`)]),
  );
  const isPostmaster = (pid: number) => commandLines.get(pid)?.split('\0').includes(`cluster_name=${cluster}`);
  // PostgreSQL titles its processes after the cluster, all but the postmaster itself.
  return [...commandLines]
    .filter(([pid, line]) => line.startsWith(`postgres: ${cluster}: `) && !isPostmaster(parentOf(pid)))
    .map(([pid]) => pid);
}

/** Field 4 of /proc/<pid>/stat (proc_pid_stat(5)); the second, in parentheses, may hold anything. */
function parentOf(pid: number): number {
  const stat = read(`/proc/${pid}/stat`);
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

/** Empty when the process has ended. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It went by itself, or belongs to somebody else: then PostgreSQL says why it does not start.
  }
}
