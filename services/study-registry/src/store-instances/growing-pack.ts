import { PACK_LIMIT_BYTES, type PackInstance, type PackManifest, packEnding } from '@yinglian/dicom';
import type { ArrivalWatch, IncomingObject, ObjectStore } from '@yinglian/objects';
import { PieceQueue } from './piece-queue.js';
import { type Stretch, StretchDigests } from './stretch-digests.js';

/** What the files of a pack have in common. */
export type PackOwner = Pick<PackManifest, 'hospital' | 'studyInstanceUid' | 'seriesInstanceUid'>;

export interface SealedPack {
  readonly manifest: PackManifest;
  readonly object: IncomingObject;
}

/** A file of a pack whose data set may be hashed yet. */
export interface PackedFile {
  /** But for its data set's SHA-256. */
  readonly entry: PackInstance;
  readonly dataSetSha256: string | Promise<string>;
}

const NOTHING = Buffer.alloc(0);
const GIVEN_UP = new Error('The pack is given up');

/** A pack (ADR 0003) that is written while its files come. */
export class GrowingPack implements ArrivalWatch {
  readonly isWaitedFor = false;
  private readonly pieces = new PieceQueue();
  private readonly digests = new StretchDigests();
  private readonly object: Promise<IncomingObject>;
  private taken = 0;

  constructor(objects: Pick<ObjectStore, 'receive'>) {
    this.object = objects
      .receive(this.pieces, PACK_LIMIT_BYTES, undefined, this)
      .finally(() => this.digests.end(GIVEN_UP));
    // What goes wrong is seen when it is sealed.
    this.object.catch(() => {});
  }

  get sizeBytes(): number {
    return this.taken;
  }

  begins(path: string): Promise<void> {
    return this.digests.begins(path);
  }

  written(sizeBytes: number): void {
    this.digests.written(sizeBytes);
  }

  /** A promise asks to wait; it does not reject. */
  write(bytes: Buffer): Promise<void> | undefined {
    this.taken += bytes.length;
    return this.pieces.push(bytes);
  }

  /** What is written from a position on. */
  hashFrom(position: number): Stretch {
    return this.digests.from(position);
  }

  /** What is taken is written at once, for somebody waits for its digest. */
  hurry(): void {
    void this.pieces.push(NOTHING);
  }

  /** All files are written. @throws what the object store throws */
  async seal(owner: PackOwner, files: readonly PackedFile[]): Promise<SealedPack> {
    const manifest: PackManifest = { version: 1, ...owner, instances: await this.hashed(files) };
    void this.pieces.push(packEnding(manifest));
    this.pieces.close();
    return { manifest, object: await this.object };
  }

  /** It is given up. */
  async discard(): Promise<void> {
    this.pieces.close(GIVEN_UP);
    await this.object.then(
      (object) => object.discard(),
      () => {},
    );
  }

  private async hashed(files: readonly PackedFile[]): Promise<PackInstance[]> {
    if (files.some(({ dataSetSha256 }) => typeof dataSetSha256 !== 'string')) this.hurry();
    try {
      return await Promise.all(
        files.map(async ({ entry, dataSetSha256 }) => ({ ...entry, dataSetSha256: await dataSetSha256 })),
      );
    } catch (error) {
      this.pieces.close(GIVEN_UP);
      // What the store says is why.
      await this.object;
      throw error;
    }
  }
}
