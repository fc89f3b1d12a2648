import { spawn } from 'node:child_process';

/** Services are given this long to end before what they work on is stopped. */
const GRACE_S = 5;

/**
 * Stops a server that knows nothing of the launcher when the launcher was killed: a shell waits for the end of its
 * input, which the launcher holds open, and then sends the signal.
 */
export function guard(pid: number, stopSignal: NodeJS.Signals): { dismiss(): void } {
  const script = 'while read -r _; do :; done; sleep "$3"; kill -s "$1" "$2"';
  const shell = spawn(
    '/bin/sh',
    ['-c', script, 'yinglian-guardian', stopSignal.slice(3), String(pid), String(GRACE_S)],
    {
      stdio: ['pipe', 'ignore', 'ignore'],
      // A session of its own: Ctrl-C on the terminal must not end it before the server.
      detached: true,
    },
  );
  shell.on('error', () => {});
  shell.stdin.on('error', () => {});
  shell.unref();
  return { dismiss: () => shell.kill('SIGKILL') };
}
