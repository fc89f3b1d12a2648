import { randomUUID } from 'node:crypto';
import { link, open, readdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDurableFolder, syncFolder } from './durable-folder.js';
import { recoverSegment } from './recover-segment.js';
import { SEGMENT_SUFFIX, Segment, type StoredInstance } from './segment.js';
import { SegmentWriter } from './segment-writer.js';

/** What a damaged segment is also called: it stays when its readable records are gone. */
const DAMAGED_SUFFIX = '.damaged';
const ROOM_CHECK_MS = 500;

export interface SpoolLimits {
  /** Bytes of the disk that are left free. */
  readonly minimumFreeBytes: number;
  /** Instances that wait at most: each of them takes some memory. */
  readonly maximumInstances: number;
}

export interface RecoveredSpool {
  readonly instances: number;
  readonly tornBytes: number;
  /** Kept under a second name, for an operator to look at. */
  readonly damagedSegments: number;
}

/**
 * The folder of what was acknowledged and is not yet at the registry. Each association and each STOW-RS request appends to
 * a segment of its own, so nobody waits for another's disk writes.
 */
export class Spool {
  private bytes = 0;
  private instances = 0;
  private room = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly folder: string,
    private readonly limits: SpoolLimits,
  ) {}

  /** Opens the folder and hands over what a process before this one acknowledged, oldest segment first. */
  async recover(onInstance: (instance: StoredInstance) => void): Promise<RecoveredSpool> {
    await makeDurableFolder(this.folder);
    await this.look();
    this.timer = setInterval(() => void this.look(), ROOM_CHECK_MS).unref();
    const found = { instances: 0, tornBytes: 0, damagedSegments: 0 };
    for (const name of (await readdir(this.folder)).filter((each) => each.endsWith(SEGMENT_SUFFIX)).sort()) {
      const path = join(this.folder, name);
      const { records, tornBytes, bytes, isDamaged } = await recoverSegment(path);
      if (isDamaged) await this.keepDamaged(path);
      found.damagedSegments += Number(isDamaged);
      const segment = this.segment(path, false);
      segment.keep(records.length, bytes);
      found.tornBytes += tornBytes;
      found.instances += records.length;
      for (const { header, position } of records) onInstance({ ...header, segment, position });
      if (records.length === 0) await segment.endWriting();
    }
    return found;
  }

  /** Durable when it resolves. */
  private async keepDamaged(path: string): Promise<void> {
    await link(path, `${path}${DAMAGED_SUFFIX}`).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    await syncFolder(this.folder);
  }

  get sizeBytes(): number {
    return this.bytes;
  }

  get hasRoom(): boolean {
    return this.room > 0 && this.instances < this.limits.maximumInstances;
  }

  /** Bytes are on their way to the disk; the room is measured only now and then. */
  claim(bytes: number): void {
    this.room -= bytes;
  }

  createSegment(): SegmentWriter {
    const path = join(this.folder, `${Date.now().toString().padStart(14, '0')}-${randomUUID()}${SEGMENT_SUFFIX}`);
    return new SegmentWriter(this.segment(path, true), this.createFile(path));
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private segment(path: string, isWriting: boolean): Segment {
    return new Segment(path, isWriting, (bytes, records) => {
      this.bytes += bytes;
      this.instances += records;
    });
  }

  /** The file's name must be durable before anything in it is acknowledged. */
  private async createFile(path: string): Promise<void> {
    await (await open(path, 'wx', 0o600)).close();
    await syncFolder(this.folder);
  }

  private async look(): Promise<void> {
    try {
      const { bavail, bsize } = await statfs(this.folder);
      this.room = bavail * bsize - this.limits.minimumFreeBytes;
    } catch {
      this.room = 0;
    }
  }
}
