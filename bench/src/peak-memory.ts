import { readFileSync } from 'node:fs';

const MOST_OFTEN_MS = 50;

/** The most memory that a process had resident while something was done, shared pages included, in MB. */
export async function peakMemoryMb(pid: number, work: () => Promise<unknown>): Promise<number> {
  let highest = residentMb(pid);
  const look = () => {
    highest = Math.max(highest, residentMb(pid));
  };
  const timer = setInterval(look, MOST_OFTEN_MS);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  look();
  return highest;
}

const residentMb = (pid: number) =>
  (Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024) / 1e6;
