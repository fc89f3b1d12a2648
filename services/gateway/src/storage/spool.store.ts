import { randomUUID } from 'node:crypto';
import { type FileHandle, link, open, readdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDurableFolder, syncFolder } from './durable-folder.js';
import { recoverSegment } from './recover-segment.js';
import { SEGMENT_SUFFIX, Segment, type StoredInstance } from './segment.js';
import { SegmentWriter } from './segment-writer.js';
import { SharedSync } from './shared-sync.js';
import { SpareFiles } from './spare-files.js';
import { SpoolRoom } from './spool-room.js';

/** What a damaged segment is also called: it stays when its readable records are gone. */
const DAMAGED_SUFFIX = '.damaged';
const ROOM_CHECK_MS = 500;
/** A disk with less room beside the spool gets back the files that are kept to be used again. */
const ROOM_FOR_SPARES_BYTES = 2 * 1024 * 1024 * 1024;

export interface SpoolLimits {
  /** Bytes of the disk that are left free. */
  readonly minimumFreeBytes: number;
  /** Instances that wait at most: each of them takes some memory. */
  readonly maximumInstances: number;
  /** Bytes that the spool takes at most; undefined: as the disk allows. */
  readonly maximumBytes: number | undefined;
  /** Of the allowed space, from where on it is warned. */
  readonly warnAtPercent: number;
}

/** How full the spool is. */
export interface SpoolState {
  readonly isFilling: boolean;
  readonly hasRoom: boolean;
  readonly usedPercent: number;
  /** At the present rate; undefined when it does not grow. */
  readonly hoursLeft: number | undefined;
  /** Kept under a second name, for an operator to look at. */
  readonly damagedSegments: number;
}

export interface RecoveredSpool {
  readonly instances: number;
  readonly tornBytes: number;
  /** Kept under a second name, for an operator to look at. */
  readonly damagedSegments: number;
}

/**
 * What was acknowledged and is not yet at the registry. Each association and each STOW-RS request appends to a segment of its
 * own, so nobody waits for another's disk writes; the files of segments are used again.
 */
export class Spool {
  private bytes = 0;
  private instances = 0;
  /** Since the room was looked at. */
  private claimed = 0;
  private damagedSegments = 0;
  private readonly folder: string;
  private readonly names: SharedSync;
  private readonly spares: SpareFiles;
  private readonly room: SpoolRoom;
  private roomBytes = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    folder: string,
    private readonly limits: SpoolLimits,
  ) {
    this.folder = join(folder, 'segments');
    this.names = new SharedSync(() => syncFolder(this.folder));
    this.spares = new SpareFiles(join(folder, 'spare'));
    this.room = new SpoolRoom(limits.warnAtPercent);
  }

  /** Opens the folder and hands over what a process before this one acknowledged, oldest segment first. */
  async recover(onInstance: (instance: StoredInstance) => void): Promise<RecoveredSpool> {
    await makeDurableFolder(this.folder);
    await this.spares.open();
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
    await this.names.done();
  }

  get sizeBytes(): number {
    return this.bytes;
  }

  get hasRoom(): boolean {
    return this.room.hasRoom && this.claimed < this.roomBytes && this.instances < this.limits.maximumInstances;
  }

  get state(): SpoolState {
    const { isFilling, usedPercent, hoursLeft } = this.room;
    return { isFilling, hasRoom: this.hasRoom, usedPercent, hoursLeft, damagedSegments: this.damagedSegments };
  }

  /** Bytes are on their way to the disk; the room is measured only now and then. */
  claim(bytes: number): void {
    this.claimed += bytes;
  }

  createSegment(): SegmentWriter {
    const path = join(this.folder, `${Date.now().toString().padStart(14, '0')}-${randomUUID()}${SEGMENT_SUFFIX}`);
    const file = this.createFile(path);
    return new SegmentWriter(
      this.segment(path, true),
      file,
      file.then(() => this.names.done()),
    );
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private segment(path: string, isWriting: boolean): Segment {
    return new Segment(path, isWriting, {
      changed: (bytes, records) => {
        this.bytes += bytes;
        this.instances += records;
      },
      // A file that cannot be removed is found again at the next start; the registry knows its instances then.
      useless: (useless, bytes, isRead) =>
        isRead ? rm(useless, { force: true }).catch(() => undefined) : this.spares.keep(useless, bytes),
    });
  }

  private async createFile(path: string): Promise<FileHandle> {
    return open(path, (await this.spares.moveTo(path)) ? 'r+' : 'wx+', 0o600);
  }

  private async look(): Promise<void> {
    const { maximumBytes = Number.POSITIVE_INFINITY, maximumInstances } = this.limits;
    const { bytes, instances } = this;
    const roomOfDisk = await this.roomOfDisk();
    await this.spares.spareTheDisk(roomOfDisk < ROOM_FOR_SPARES_BYTES);
    this.roomBytes = Math.min(roomOfDisk, maximumBytes - bytes);
    this.claimed = 0;
    this.room.look({ bytes, roomBytes: this.roomBytes, instances, maximumInstances }, performance.now());
    const names = await readdir(this.folder).catch(() => []);
    this.damagedSegments = names.filter((name) => name.endsWith(DAMAGED_SUFFIX)).length;
  }

  /** None when the disk does not answer. */
  private async roomOfDisk(): Promise<number> {
    try {
      const { bavail, bsize } = await statfs(this.folder);
      return bavail * bsize - this.limits.minimumFreeBytes;
    } catch {
      return 0;
    }
  }
}
