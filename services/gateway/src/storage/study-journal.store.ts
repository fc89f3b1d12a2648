import { appendFile, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { JournalLine, type KnownStudy, knownFrom } from '../domain/journal-line.js';
import { makeDurableFolder, syncFolder } from './durable-folder.js';

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
    await makeDurableFolder(this.open);
    await makeDurableFolder(this.settled);
    await this.forgetOld();
    return (await readdir(this.open)).map((name) => name.replace(/\.jsonl$/, ''));
  }

  /** What is known of a study, wherever it stands; nothing changes. */
  read(study: string): Promise<KnownStudy | undefined> {
    return this.inTurn(study, async () => {
      const lines = (await readLines(this.path(this.open, study))) ?? (await readLines(this.path(this.settled, study)));
      return lines && knownFrom(lines);
    });
  }

  /** What is known of a study; it counts as open from now on. */
  load(study: string): Promise<KnownStudy | undefined> {
    return this.inTurn(study, async () => {
      const wasOpen = await readLines(this.path(this.open, study));
      if (wasOpen !== undefined) return knownFrom(wasOpen);
      const wasSettled = await readLines(this.path(this.settled, study));
      if (wasSettled === undefined) return undefined;
      await rename(this.path(this.settled, study), this.path(this.open, study));
      await syncFolder(this.open);
      return knownFrom(wasSettled);
    });
  }

  /** Durable when it resolves. */
  append(study: string, lines: readonly JournalLine[]): Promise<void> {
    return this.inTurn(study, async () => {
      const handle = await open(this.path(this.open, study), 'a', 0o600);
      try {
        const isNew = (await handle.stat()).size === 0;
        // A line that a crash cut off ends here.
        await handle.appendFile((isNew ? '' : '\n') + lines.map((line) => JSON.stringify(line)).join('\n'));
        await handle.datasync();
        if (isNew) await syncFolder(this.open);
      } finally {
        await handle.close();
      }
    });
  }

  settle(study: string, told: number): Promise<void> {
    return this.inTurn(study, async () => {
      const path = this.path(this.open, study);
      await appendFile(path, `\n${JSON.stringify({ told } satisfies JournalLine)}`);
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

async function readLines(path: string): Promise<JournalLine[] | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  return text.split('\n').flatMap((line) => parseLine(line) ?? []);
}

/** A line that a crash cut off was never relied on. */
function parseLine(line: string): JournalLine | undefined {
  try {
    return JournalLine.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
