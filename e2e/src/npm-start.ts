import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { eventually } from './eventually.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** `npm start` as a person types it, in a process group of its own as a terminal gives it. */
export class NpmStart {
  output = '';
  readonly ended: Promise<number | null>;

  private constructor(private readonly child: ChildProcess) {
    const keep = (data: Buffer) => {
      this.output += data.toString();
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    this.ended = new Promise((resolve) => child.once('close', resolve));
  }

  static run(environment: Readonly<Record<string, string>>): NpmStart {
    return new NpmStart(
      spawn('npm', ['start'], {
        cwd: ROOT,
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, NODE_OPTIONS: '', ...environment },
      }),
    );
  }

  until(text: RegExp, timeoutMs: number): Promise<boolean> {
    return eventually(`npm start says ${text}`, async () => text.test(this.output), timeoutMs);
  }

  /** Ctrl-C: the terminal signals every process of the group. */
  interrupt(): void {
    if (this.child.pid !== undefined) process.kill(-this.child.pid, 'SIGINT');
  }
}
