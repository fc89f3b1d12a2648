import type { FileHandle } from 'node:fs/promises';

const SYNC_EVERY_BYTES = 8 * 1024 * 1024;

/** Syncs a file while it grows: little is left to be waited for when it is whole. */
export class WriteBack {
  private waitingBytes = 0;
  private syncing: Promise<void> | undefined;
  /** The system says once that bytes did not get to the disk. */
  private problem: unknown;

  constructor(
    private readonly file: Pick<FileHandle, 'datasync'>,
    private readonly everyBytes = SYNC_EVERY_BYTES,
  ) {}

  get hasFailed(): boolean {
    return this.problem !== undefined;
  }

  /** So many further bytes are in the file. */
  written(bytes: number): void {
    this.waitingBytes += bytes;
    if (this.waitingBytes < this.everyBytes || this.syncing !== undefined || this.hasFailed) return;
    this.waitingBytes = 0;
    this.syncing = this.sync().finally(() => {
      this.syncing = undefined;
    });
  }

  /** Resolves when all that was written is on the disk. @throws what any sync of the file said */
  async end(): Promise<void> {
    await this.syncing;
    if (!this.hasFailed) await this.sync();
    if (this.hasFailed) throw this.problem;
  }

  private async sync(): Promise<void> {
    await this.file.datasync().catch((error: unknown) => {
      this.problem ??= error;
    });
  }
}
