import { type ChildProcess, spawn } from 'node:child_process';
import type { ServerCommand } from '@yinglian/servers';
import { guard } from './guardian.js';

/** How one process of the province is started, again and again. */
export interface ProcessPlan {
  readonly name: string;
  /** Resolves when nothing that a killed predecessor left behind is in the way: before each start. */
  predecessorGone?(): Promise<void>;
  /** Starts the process with its output in the given file. */
  spawn(output: number): ChildProcess;
  /** Resolves when it serves. It need not reject when the process ends: the supervisor sees that itself. */
  ready(child: ChildProcess): Promise<void>;
  readonly stopSignal: NodeJS.Signals;
  readonly stopTimeoutMs: number;
  /** How often it may end before it serves for the first time until starting counts as failed. */
  readonly firstAttempts: number;
}

export interface NodeProcess {
  readonly name: string;
  readonly script: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Of Node, beside those that all processes have. */
  readonly options?: readonly string[];
}

const NODE_OPTIONS = [
  '--enable-source-maps',
  '--disable-warning=ExperimentalWarning',
  // kafkajs sets timers to times that have passed; it means at once, and Node takes it so.
  '--disable-warning=TimeoutNegativeWarning',
  // Buffers that pass through must not make V8 collect the whole heap (ADR 0014).
  '--external-memory-accounted-in-global-limit',
  '--heap-growing-percent=200',
];
const SERVICE_STOP_TIMEOUT_MS = 8_000;
const SERVER_STOP_TIMEOUT_MS = 20_000;
const POLL_MS = 50;

/** One of our own processes: it reports `{ready: true}` on the IPC channel and ends when the channel closes. */
export function nodePlan({ name, script, environment, options = [] }: NodeProcess): ProcessPlan {
  return {
    name,
    spawn: (output) =>
      spawn(process.execPath, [...NODE_OPTIONS, ...options, script], {
        stdio: ['ignore', output, output, 'ipc'],
        env: { ...process.env, ...environment },
        detached: true,
      }),
    ready: (child) =>
      new Promise((resolve) => {
        child.on('message', (message) => {
          if (typeof message === 'object' && 'ready' in message && message.ready === true) resolve();
        });
      }),
    stopSignal: 'SIGTERM',
    stopTimeoutMs: SERVICE_STOP_TIMEOUT_MS,
    firstAttempts: 1,
  };
}

/** A server of others: it is asked whether it serves, and a guardian outlives the launcher to stop it. */
export function serverPlan(command: ServerCommand): ProcessPlan {
  return {
    name: command.name,
    predecessorGone: async () => command.predecessorGone?.(),
    spawn(output) {
      const child = spawn(command.executable, [...command.args], {
        stdio: ['ignore', output, output],
        env: { ...process.env, ...command.environment },
        detached: true,
        ...(command.uid === undefined ? {} : { uid: command.uid }),
        ...(command.gid === undefined ? {} : { gid: command.gid }),
      });
      if (child.pid !== undefined) {
        const guardian = guard(child.pid, command.stopSignal);
        child.once('exit', () => guardian.dismiss());
      }
      return child;
    },
    async ready(child) {
      while (child.exitCode === null && child.signalCode === null) {
        try {
          return await command.ready();
        } catch {
          await new Promise((wait) => setTimeout(wait, POLL_MS));
        }
      }
    },
    stopSignal: command.stopSignal,
    stopTimeoutMs: SERVER_STOP_TIMEOUT_MS,
    // Where it cannot be known whether processes of a killed PostgreSQL still end, it refuses for a moment.
    firstAttempts: 6,
  };
}
