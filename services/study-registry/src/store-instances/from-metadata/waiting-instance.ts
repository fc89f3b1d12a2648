import type { DicomJson } from '@yinglian/dicom';
import type { BulkData, BulkDataAddress } from './bulk-data.js';
import type { InstanceDraft, NamedInstance } from './instance-draft.js';
import type { KeptBytes } from './kept-bytes.js';
import { pixelDescription } from './pixel-description.js';
import { isFrameType } from './pixel-media.js';

type DraftPiece = InstanceDraft['pieces'][number];
/** A number stands for so many of the kept bytes. */
type LaidPiece = number | Exclude<DraftPiece, Buffer>;

/** An instance whose data set is known but for its bulk data. */
export class WaitingInstance {
  /** Bulk data by its address; frames of pixel data are apart. */
  readonly given = new Map<string, BulkData>();
  /** At their places: the first one at 0. */
  readonly frames: BulkData[] = [];
  /** Addresses that it refers to. */
  readonly uris: readonly string[];
  private readonly missing: Set<string>;
  private readonly numberOfFrames: number;
  private framesGiven = 0;
  private readonly imageText: string;

  private constructor(
    readonly named: NamedInstance,
    /** Where its outcome stands in the answer. */
    readonly place: number,
    readonly layout: readonly LaidPiece[],
    readonly bytes: KeptBytes,
    image: DicomJson,
    readonly pixels: InstanceDraft['pixels'],
  ) {
    this.imageText = JSON.stringify(image);
    this.numberOfFrames = pixelDescription(image).numberOfFrames;
    const uris = layout.flatMap((piece) => (typeof piece === 'object' ? [piece.uri] : []));
    this.missing = new Set(pixels === undefined ? uris : [...uris, pixels.uri]);
    this.uris = [...this.missing];
  }

  /** What is known of it waits in the spool. @throws SpoolFull, ObjectStoreFull */
  static async keep(named: NamedInstance, place: number, draft: InstanceDraft, bytes: KeptBytes) {
    const layout: LaidPiece[] = [];
    for (const piece of draft.pieces) {
      if (Buffer.isBuffer(piece)) await bytes.write(piece);
      layout.push(Buffer.isBuffer(piece) ? piece.length : piece);
    }
    return new WaitingInstance(named, place, layout, bytes, draft.image, draft.pixels);
  }

  get image(): DicomJson {
    return JSON.parse(this.imageText);
  }

  get isWhole(): boolean {
    return this.missing.size === 0;
  }

  /** False when it is not wanted: of that frame something came already, or there is no such frame. */
  give({ uri, frame }: BulkDataAddress, bulk: BulkData): boolean {
    if (!this.missing.has(uri)) return false;
    const isOfPixels = uri === this.pixels?.uri;
    if (frame !== undefined) return isOfPixels && this.giveFrame(frame, bulk);
    if (isOfPixels && this.numberOfFrames > 1 && isFrameType(bulk.contentType)) {
      return this.giveFrame(this.framesGiven + 1, bulk);
    }
    if (isOfPixels && this.framesGiven > 0) return false;
    this.given.set(uri, bulk);
    this.missing.delete(uri);
    return true;
  }

  /** Nothing of it is wanted any more. */
  forget(): void {
    this.bytes.release();
    for (const bulk of this.given.values()) bulk.bytes.release();
    // Of some frames nothing may have come.
    for (const bulk of this.frames) bulk?.bytes.release();
  }

  private giveFrame(frame: number, bulk: BulkData): boolean {
    if (frame < 1 || frame > this.numberOfFrames || this.frames[frame - 1] !== undefined) return false;
    this.frames[frame - 1] = bulk;
    this.framesGiven += 1;
    if (this.framesGiven === this.numberOfFrames && this.pixels !== undefined) this.missing.delete(this.pixels.uri);
    return true;
  }
}
