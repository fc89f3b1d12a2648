import { type FileHandle, open } from 'node:fs/promises';
import { OutlinedBytes, type PackManifest, type PackOutline } from '@yinglian/dicom';
import { type ArrivalWatch, type ObjectReader, readInto } from '@yinglian/objects';
import type { PackReader } from '../storage/pack-source.js';
import { failed, unreachable } from './pull-problems.js';

const PIECE_BYTES = 1024 * 1024;

/**
 * A pack that comes from its hospital, read along while it comes. What comes is held against what was said of it, and a file counts
 * as whole when its last byte was. A connection that breaks may be followed by another one, which goes on.
 */
export class ArrivingPack implements ArrivalWatch {
  readonly isWaitedFor = true;
  private bytes: OutlinedBytes;
  /** Where it comes, and where it came before a connection broke: some may still read there. */
  private readonly files: FileHandle[] = [];
  /** All of it, when it is kept: another connection may have brought what this one did not. */
  private stored: ObjectReader | undefined;
  private writtenBytes = 0;
  private readers = 0;
  private isFed = false;
  private hasEnded = false;
  private problem: Error | undefined;
  private progress = Promise.withResolvers<void>();
  private readonly silence: NodeJS.Timeout;

  /**
   * @param progressed some of it came
   * @param over it is of no use to further readers
   */
  constructor(
    private readonly outline: PackOutline,
    private readonly instances: PackManifest['instances'],
    longestSilenceMs: number,
    private readonly progressed: () => void,
    private readonly over: () => void,
  ) {
    this.bytes = new OutlinedBytes(outline, instances);
    this.silence = setTimeout(() => this.fail(unreachable()), longestSilenceMs).unref();
  }

  /** A connection brings it; false when another one does. */
  attach(): boolean {
    if (this.isFed) return false;
    this.isFed = true;
    return true;
  }

  /** The connection is over. */
  detach(): void {
    this.isFed = false;
  }

  async begins(path: string): Promise<void> {
    if (this.hasEnded) return;
    this.files.push(await open(path, 'r'));
    this.writtenBytes = 0;
    this.closeWhenUnused();
  }

  written(sizeBytes: number): void {
    this.writtenBytes = sizeBytes;
    this.hasProgressed();
    this.progressed();
  }

  /** The pieces as they come, from one byte on; looked at on the way. */
  async *looked(pieces: AsyncIterable<Uint8Array>, from: number): AsyncGenerator<Uint8Array> {
    if (this.bytes.position !== from) await this.lookAtWhatIsThere(from);
    for await (const piece of pieces) {
      this.look(Buffer.from(piece.buffer, piece.byteOffset, piece.length));
      yield piece;
    }
  }

  /** It is in the object store, and is read there from now on; to be released here. */
  end(stored: ObjectReader): void {
    if (this.hasEnded) stored.release();
    else this.stored = stored;
    this.conclude();
  }

  /** Nobody gets more of it. */
  fail(problem: Error): void {
    if (!this.hasEnded) this.problem = problem;
    this.conclude();
  }

  reader(): PackReader {
    this.readers += 1;
    const into = (bytes: Buffer, position: number) => this.readInto(bytes, position);
    return {
      sizeBytes: this.outline.sizeBytes,
      read: async (position, length) => {
        const bytes = Buffer.allocUnsafeSlow(length);
        await into(bytes, position);
        return bytes;
      },
      readInto: into,
      whole: (end) => this.until(() => Math.min(this.bytes.soundBytes, this.writtenBytes) >= end),
      release: () => {
        this.readers -= 1;
        this.closeWhenUnused();
      },
    };
  }

  private async readInto(bytes: Buffer, position: number): Promise<void> {
    await this.until(() => this.writtenBytes >= position + bytes.length);
    if (this.stored !== undefined) return this.stored.readInto(bytes, position);
    const file = this.files.at(-1);
    if (file === undefined) throw new Error('Bytes came and are nowhere');
    await readInto(file, bytes, position);
  }

  private async until(isSo: () => boolean): Promise<void> {
    for (;;) {
      if (this.problem !== undefined) throw this.problem;
      if (this.stored !== undefined || isSo()) return;
      await this.progress.promise;
    }
  }

  private look(piece: Buffer): void {
    if (!this.bytes.take(piece)) this.fail(failed('damaged'));
  }

  /** What a process or a connection before this one brought. */
  private async lookAtWhatIsThere(end: number): Promise<void> {
    this.bytes = new OutlinedBytes(this.outline, this.instances);
    const file = this.files.at(-1);
    for (let at = 0; file !== undefined && at < end; at += PIECE_BYTES) {
      const piece = Buffer.allocUnsafeSlow(Math.min(PIECE_BYTES, end - at));
      await readInto(file, piece, at);
      this.look(piece);
    }
  }

  private hasProgressed(): void {
    if (!this.hasEnded) this.silence.refresh();
    this.progress.resolve();
    this.progress = Promise.withResolvers();
  }

  private conclude(): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    clearTimeout(this.silence);
    this.hasProgressed();
    this.over();
    this.closeWhenUnused();
  }

  private closeWhenUnused(): void {
    if (!this.hasEnded || this.readers > 0) return;
    for (const file of this.files.splice(0)) void file.close().catch(() => undefined);
    this.stored?.release();
    this.stored = undefined;
  }
}
