import { appendFile, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { StudyFact } from '../domain/followed-study.js';

const Line = z.union([
  z.object({ fact: StudyFact }),
  z.object({ instances: z.array(z.string()) }),
  z.object({ told: z.number() }),
]);
type Line = z.infer<typeof Line>;

export interface KnownStudy {
  readonly instances: readonly string[];
  readonly facts: readonly StudyFact[];
  readonly instancesTold: number;
  readonly settled: boolean;
}

/** Settled studies are remembered so long; instances that come later are counted anew. */
const REMEMBERED_MS = 30 * 24 * 3_600_000;

/**
 * What must be known of a study after its spool is freed: its instances, so that the count stays right, and events not yet
 * told. One file of JSON lines a study, in `open/` while something is to be done and in `settled/` for 30 days after.
 */
export class StudyJournals {
  private readonly open: string;
  private readonly settled: string;
  /** Work on one study's file is done one after the other. */
  private readonly queues = new Map<string, Promise<unknown>>();

  constructor(folder: string) {
    this.open = join(folder, 'open');
    this.settled = join(folder, 'settled');
  }

  /** Makes the folders, forgets what is old, and returns the studies with something to be done. */
  async start(): Promise<string[]> {
    await mkdir(this.open, { recursive: true, mode: 0o700 });
    await mkdir(this.settled, { recursive: true, mode: 0o700 });
    await this.forgetOld();
    return (await readdir(this.open)).map((name) => name.replace(/\.jsonl$/, ''));
  }

  /** What is known of a study; it counts as open from now on. */
  load(study: string): Promise<KnownStudy | undefined> {
    return this.inTurn(study, async () => {
      const wasOpen = await readLines(this.path(this.open, study));
      if (wasOpen !== undefined) return knownFrom(wasOpen, false);
      const wasSettled = await readLines(this.path(this.settled, study));
      if (wasSettled === undefined) return undefined;
      await rename(this.path(this.settled, study), this.path(this.open, study));
      return knownFrom(wasSettled, true);
    });
  }

  /** Durable when it resolves. */
  append(study: string, facts: readonly StudyFact[], instances: readonly string[]): Promise<void> {
    return this.inTurn(study, async () => {
      const lines: Line[] = [...facts.map((fact) => ({ fact })), { instances: [...instances] }];
      const handle = await open(this.path(this.open, study), 'a', 0o600);
      try {
        // A line that a crash cut off ends here.
        const start = (await handle.stat()).size === 0 ? '' : '\n';
        await handle.appendFile(start + lines.map((line) => JSON.stringify(line)).join('\n'));
        await handle.datasync();
      } finally {
        await handle.close();
      }
    });
  }

  settle(study: string, told: number): Promise<void> {
    return this.inTurn(study, async () => {
      const path = this.path(this.open, study);
      await appendFile(path, `\n${JSON.stringify({ told } satisfies Line)}`);
      await rename(path, this.path(this.settled, study));
    });
  }

  async forgetOld(): Promise<void> {
    for (const name of await readdir(this.settled)) {
      const path = join(this.settled, name);
      if (Date.now() - (await stat(path)).mtimeMs > REMEMBERED_MS) await rm(path, { force: true });
    }
  }

  private path(folder: string, study: string): string {
    return join(folder, `${study}.jsonl`);
  }

  private inTurn<T>(study: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.queues.get(study) ?? Promise.resolve()).then(work, work);
    this.queues.set(study, turn);
    const done = () => {
      if (this.queues.get(study) === turn) this.queues.delete(study);
    };
    turn.then(done, done);
    return turn;
  }
}

async function readLines(path: string): Promise<Line[] | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  return text.split('\n').flatMap((line) => parseLine(line) ?? []);
}

/** A line that a crash cut off was never relied on. */
function parseLine(line: string): Line | undefined {
  try {
    return Line.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

function knownFrom(lines: readonly Line[], settled: boolean): KnownStudy {
  return {
    instances: lines.flatMap((line) => ('instances' in line ? line.instances : [])),
    facts: lines.flatMap((line) => ('fact' in line ? [line.fact] : [])),
    instancesTold: lines.findLast((line) => 'told' in line)?.told ?? 0,
    settled,
  };
}
