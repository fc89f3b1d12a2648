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
  /** Resolves when nothing that a killed predecessor left behind is in the way any more: before each start. */
  predecessorGone?(): Promise<void>;
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
    if (hasEnded(child)) throw new Error(`${command.name} ended before it was ready: ${lastOutput()}`);
    try {
      await command.ready();
      return;
    } catch {
      await new Promise((wait) => setTimeout(wait, POLL_MS));
    }
  }
  throw new Error(`${command.name} is not ready after ${timeoutMs / 1000} s: ${lastOutput()}`);
}

export const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;
