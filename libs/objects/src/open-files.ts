import { type FileHandle, open } from 'node:fs/promises';
import { LRUCache } from 'lru-cache';

interface OpenFile {
  readonly handle: FileHandle;
  users: number;
  evicted: boolean;
}

/** A file in use; it is not closed before it is let go. */
export interface LentFile {
  readonly handle: FileHandle;
  release(): void;
}

/** Files kept open for further reading, a bounded number of them. One in use outlives its eviction. */
export class OpenFiles {
  private readonly files: LRUCache<string, Promise<OpenFile>>;

  constructor(atMost: number) {
    this.files = new LRUCache({ max: atMost, dispose: (file) => void this.evict(file) });
  }

  async lend(path: string): Promise<LentFile> {
    let opening = this.files.get(path);
    if (opening === undefined) {
      opening = open(path, 'r').then((handle) => ({ handle, users: 0, evicted: false }));
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

  close(): void {
    this.files.clear();
  }

  private async evict(opening: Promise<OpenFile>): Promise<void> {
    const file = await opening.catch(() => undefined);
    if (file === undefined || file.evicted) return;
    file.evicted = true;
    if (file.users === 0) await file.handle.close().catch(() => {});
  }
}
