import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/**
 * Has curl wait until it is let go; then resolves with what it writes out. To start a process takes one as large as this some 70 ms, in which it
 * does nothing else: that is not what is measured.
 */
export function heldCurl(args: readonly string[]): () => Promise<string> {
  const child = spawn('sh', ['-c', 'read -r go && exec curl "$@"', 'curl', '-sS', ...args]);
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  ended.catch(() => {});
  return async () => {
    child.stdin.end('\n');
    const [out, said, [code]] = await ended;
    if (code !== 0) throw new Error(`curl ended with ${code}: ${said}`);
    return out;
  };
}
