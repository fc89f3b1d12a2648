import { type FileHandle, open } from 'node:fs/promises';
import { LRUCache } from 'lru-cache';

/** After so long a file is opened again: another process may have put sound bytes in the place of damaged ones. */
const OPEN_AT_MOST_MS = 10_000;

interface OpenFile {
  readonly handle: FileHandle;
  readonly sizeBytes: number;
  users: number;
  evicted: boolean;
}

/** A file in use; it is not closed before it is let go. */
export interface LentFile {
  readonly handle: FileHandle;
  /** When it was opened; an object does not change. */
  readonly sizeBytes: number;
  release(): void;
}

/** Files kept open for further reading, a bounded number of them. One in use outlives its eviction. */
export class OpenFiles {
  private readonly files: LRUCache<string, Promise<OpenFile>>;
  private readonly closing = new Set<Promise<void>>();

  constructor(atMost: number) {
    this.files = new LRUCache({ max: atMost, ttl: OPEN_AT_MOST_MS, dispose: (file) => this.evict(file) });
  }

  async lend(path: string): Promise<LentFile> {
    let opening = this.files.get(path);
    if (opening === undefined) {
      opening = openFile(path);
      this.files.set(path, opening);
      opening.catch(() => this.files.delete(path));
    }
    const file = await opening;
    // Evicted and closed while this waited: it is opened again.
    if (file.evicted && file.users === 0) return this.lend(path);
    file.users += 1;
    let released = false;
    return {
      handle: file.handle,
      sizeBytes: file.sizeBytes,
      release: () => {
        if (released) return;
        released = true;
        file.users -= 1;
        if (file.evicted && file.users === 0) void file.handle.close().catch(() => {});
      },
    };
  }

  forget(path: string): void {
    this.files.delete(path);
  }

  /** Resolves when all are closed but those in use, which are closed when they are let go. */
  async close(): Promise<void> {
    this.files.clear();
    await Promise.all(this.closing);
  }

  private evict(opening: Promise<OpenFile>): void {
    const closing = closeUnused(opening).finally(() => this.closing.delete(closing));
    this.closing.add(closing);
  }
}

async function openFile(path: string): Promise<OpenFile> {
  const handle = await open(path, 'r');
  const { size } = await handle.stat();
  return { handle, sizeBytes: size, users: 0, evicted: false };
}

async function closeUnused(opening: Promise<OpenFile>): Promise<void> {
  const file = await opening.catch(() => undefined);
  if (file === undefined || file.evicted) return;
  file.evicted = true;
  if (file.users === 0) await file.handle.close().catch(() => {});
}
