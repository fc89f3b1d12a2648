import { type ChildProcess, spawn } from 'node:child_process';

/** How a server is started: what a supervisor needs to start it again and again. */
export interface ServerCommand {
  readonly name: string;
  readonly executable: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly uid?: number;
  readonly gid?: number;
  /** The signal that asks for a clean stop. */
  readonly stopSignal: NodeJS.Signals;
  /** Resolves when it serves; throws while it does not. */
  ready(): Promise<void>;
}

/** Starts the server's process; its output goes to `onOutput`. */
export function spawnServer(command: ServerCommand, onOutput: (text: string) => void): ChildProcess {
  const child = spawn(command.executable, [...command.args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...command.environment },
    ...(command.uid === undefined ? {} : { uid: command.uid }),
    ...(command.gid === undefined ? {} : { gid: command.gid }),
  });
  child.stdout.on('data', (data: Buffer) => onOutput(data.toString()));
  child.stderr.on('data', (data: Buffer) => onOutput(data.toString()));
  return child;
}

const POLL_MS = 50;

/** Waits until the server serves. Throws with its last output when it ends first or takes too long. */
export async function untilReady(
  command: ServerCommand,
  child: ChildProcess,
  lastOutput: () => string,
  timeoutMs = 60_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`${command.name} ended before it was ready: ${lastOutput()}`);
    }
    try {
      await command.ready();
      return;
    } catch {
      await new Promise((wait) => setTimeout(wait, POLL_MS));
    }
  }
  throw new Error(`${command.name} is not ready after ${timeoutMs / 1000} s: ${lastOutput()}`);
}

/** A server that runs until it is stopped, for tests and tools. The launcher supervises the command itself. */
export class RunningServer {
  private output = '';

  private constructor(
    private readonly command: ServerCommand,
    private child: ChildProcess,
  ) {}

  static async start(command: ServerCommand): Promise<RunningServer> {
    const server = new RunningServer(command, undefined as never);
    await server.restart();
    return server;
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Starts the process again after it was killed. */
  async restart(): Promise<void> {
    this.output = '';
    this.child = spawnServer(this.command, (text) => {
      this.output = (this.output + text).slice(-4_000);
    });
    await untilReady(this.command, this.child, () => this.output);
  }

  kill(signal: NodeJS.Signals): Promise<void> {
    return new Promise((ended) => {
      if (this.child.exitCode !== null || this.child.signalCode !== null) return ended();
      this.child.once('exit', () => ended());
      this.child.kill(signal);
    });
  }

  stop(): Promise<void> {
    return this.kill(this.command.stopSignal);
  }
}
