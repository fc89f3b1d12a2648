import type { ChildProcess } from 'node:child_process';
import { hasEnded, type ServerCommand, spawnServer, untilReady } from './server-process.js';

/** For how long a start after a kill may be refused, where it cannot be known when the predecessor's traces are gone. */
const REFUSED_FOR_MS = 10_000;
const PAUSE_MS = 100;
const STOP_TIMEOUT_MS = 30_000;
const OUTPUT_CHARACTERS = 4_000;

/** A server that runs until it is stopped, for tests and tools. The launcher supervises the command itself. */
export class RunningServer {
  private constructor(
    private readonly command: ServerCommand,
    private child: ChildProcess,
  ) {}

  /** Resolves when it serves. Throws what it said when it ends instead. */
  static async start(command: ServerCommand): Promise<RunningServer> {
    return new RunningServer(command, await launch(command));
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Starts the process again after it was killed, however busy it was. */
  async restart(): Promise<void> {
    const deadline = Date.now() + REFUSED_FOR_MS;
    for (;;) {
      try {
        this.child = await launch(this.command);
        return;
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await new Promise((wait) => setTimeout(wait, PAUSE_MS));
      }
    }
  }

  /** Resolves when the process has ended; what it was busy with may take a moment longer. */
  kill(signal: NodeJS.Signals): Promise<void> {
    return new Promise((ended) => {
      if (hasEnded(this.child)) return ended();
      this.child.once('exit', () => ended());
      this.child.kill(signal);
    });
  }

  /** Asks it to end, insists after its time is over, and leaves nothing of it behind, also when it was killed before. */
  async stop(): Promise<void> {
    const insist = setTimeout(() => this.child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await this.kill(this.command.stopSignal);
    clearTimeout(insist);
    await this.command.predecessorGone?.();
  }
}

async function launch(command: ServerCommand): Promise<ChildProcess> {
  await command.predecessorGone?.();
  let output = '';
  const child = spawnServer(command, (text) => {
    output = (output + text).slice(-OUTPUT_CHARACTERS);
  });
  try {
    await untilReady(command, child, () => output);
    return child;
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}
