import { PACK_LIMIT_BYTES, type PackInstance, type PackManifest, packEnding } from '@yinglian/dicom';
import type { IncomingObject, ObjectStore } from '@yinglian/objects';
import { PieceQueue } from './piece-queue.js';

/** What the files of a pack have in common. */
export type PackOwner = Pick<PackManifest, 'hospital' | 'studyInstanceUid' | 'seriesInstanceUid'>;

export interface SealedPack {
  readonly manifest: PackManifest;
  readonly object: IncomingObject;
}

/** A pack (ADR 0003) that is written while its files come. */
export class GrowingPack {
  private readonly pieces = new PieceQueue();
  private readonly object: Promise<IncomingObject>;
  private written = 0;

  constructor(objects: Pick<ObjectStore, 'receive'>) {
    this.object = objects.receive(this.pieces, PACK_LIMIT_BYTES);
    // What goes wrong is seen when it is sealed.
    this.object.catch(() => {});
  }

  get sizeBytes(): number {
    return this.written;
  }

  /** A promise asks to wait; it does not reject. */
  write(bytes: Buffer): Promise<void> | undefined {
    this.written += bytes.length;
    return this.pieces.push(bytes);
  }

  /** All files are written. @throws what the object store throws */
  async seal(owner: PackOwner, instances: PackInstance[]): Promise<SealedPack> {
    const manifest: PackManifest = { version: 1, ...owner, instances };
    void this.pieces.push(packEnding(manifest));
    this.pieces.close();
    return { manifest, object: await this.object };
  }

  /** It is given up. */
  async discard(): Promise<void> {
    this.pieces.close(new Error('The pack is given up'));
    await this.object.then(
      (object) => object.discard(),
      () => {},
    );
  }
}
