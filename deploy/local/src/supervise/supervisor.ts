import { join } from 'node:path';
import { readJson, writeJson } from '../home/atomic-file.js';
import { identityOf, isRunning, ProcessIdentity } from '../home/process-identity.js';
import { ProcessLog } from './process-log.js';
import type { ProcessPlan } from './process-plan.js';
import { SupervisedProcess } from './supervised-process.js';

export interface RunningProcess {
  readonly name: string;
  readonly pid: number;
}

const ROTATE_EVERY_MS = 10_000;
const LEFT_BEHIND_TIMEOUT_MS = 15_000;
const POLL_MS = 50;

/** All processes of one province. */
export class Supervisor {
  private readonly processes: SupervisedProcess[] = [];
  private readonly rotation: NodeJS.Timeout;
  private stopping = false;

  constructor(
    private readonly folders: { readonly logs: string; readonly home: string },
    /** Told whenever a process was started, restarted or stopped. */
    private readonly onChange: () => void,
  ) {
    this.rotation = setInterval(() => {
      for (const { log } of this.processes) log.rotate();
    }, ROTATE_EVERY_MS).unref();
  }

  get running(): RunningProcess[] {
    return this.processes.flatMap(({ name, pid }) => (pid === undefined ? [] : [{ name, pid }]));
  }

  /** Starts a process and watches it from then on. Resolves when it serves. */
  async start(plan: ProcessPlan): Promise<void> {
    if (this.stopping) throw new Error('Everything is being stopped');
    const log = new ProcessLog(this.folders.logs, plan.name);
    const supervised = new SupervisedProcess(plan, log, () => this.changed());
    this.processes.push(supervised);
    try {
      await supervised.start();
    } catch (error) {
      this.processes.splice(this.processes.indexOf(supervised), 1);
      throw error;
    }
  }

  /** Stops everything in order: each group ends before the next one is asked to. */
  async stop(...groups: readonly ((name: string) => boolean)[]): Promise<void> {
    this.stopping = true;
    clearInterval(this.rotation);
    for (const isInGroup of [...groups, () => true]) {
      await Promise.all(this.processes.filter(({ name }) => isInGroup(name)).map((supervised) => supervised.stop()));
    }
    writeJson(this.recordPath, []);
  }

  private changed(): void {
    writeJson(
      this.recordPath,
      this.running.map(({ pid }) => identityOf(pid)),
    );
    this.onChange();
  }

  private get recordPath(): string {
    return recordOf(this.folders.home);
  }
}

const recordOf = (home: string) => join(home, 'processes.json');

/** Waits for the processes of a launcher that was killed; they end by themselves. Those that do not are killed. */
export async function awaitLeftBehind(home: string): Promise<void> {
  const left = ProcessIdentity.array().parse(readJson(recordOf(home)) ?? []);
  const deadline = Date.now() + LEFT_BEHIND_TIMEOUT_MS;
  while (left.some(isRunning)) {
    if (Date.now() > deadline) for (const { pid } of left.filter(isRunning)) process.kill(pid, 'SIGKILL');
    await new Promise((wait) => setTimeout(wait, POLL_MS));
  }
}
