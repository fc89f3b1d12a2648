import type { ChildProcess } from 'node:child_process';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 25;

/**
 * Resolves when a process answers a GET of its own well, and throws when it ended or took too long. Until somebody listens
 * it only connects: a `fetch` that is refused takes some fifty times as much of the processor, which the process needs.
 */
export async function untilServed(child: ChildProcess, url: string, withinMs: number): Promise<void> {
  const port = Number(new URL(url).port);
  const deadline = performance.now() + withinMs;
  while (!((await isListening(port)) && (await isWell(url)))) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`The process ended with ${child.exitCode ?? child.signalCode}`);
    if (performance.now() > deadline) throw new Error(`${url} is not answered well`);
    await pause(POLL_MS);
  }
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const end = (isIt: boolean) => {
      socket.destroy();
      resolve(isIt);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}

const isWell = (url: string) =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
