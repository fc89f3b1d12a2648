import { createHash, type Hash } from 'node:crypto';
import type { PackManifest } from './pack-format.js';
import type { PackOutline } from './pack-outline.js';

/** Holds the bytes of a pack, as they come, against what was said of them: its outline, and the digest of each data set. */
export class OutlinedBytes {
  private at = 0;
  private place = 0;
  private hash: Hash = createHash('sha256');
  private isWrong = false;

  constructor(
    private readonly outline: PackOutline,
    private readonly instances: PackManifest['instances'],
  ) {}

  /** How many bytes came. */
  get position(): number {
    return this.at;
  }

  /** Up to where the files are whole, and what was said of them. */
  get soundBytes(): number {
    return this.instances[this.place]?.offset ?? this.at;
  }

  /** Takes the next bytes. False from the first one on that is not what was said. */
  take(piece: Buffer): boolean {
    if (this.isWrong) return false;
    this.isWrong = !this.outline.agreesWith(piece, this.at) || !this.hashed(piece);
    this.at += piece.length;
    return !this.isWrong;
  }

  private hashed(piece: Buffer): boolean {
    for (;;) {
      const instance = this.instances[this.place];
      if (instance === undefined) return true;
      const from = Math.max(0, instance.offset + instance.dataSetOffset - this.at);
      const end = instance.offset + instance.length - this.at;
      this.hash.update(piece.subarray(Math.min(from, piece.length), Math.min(end, piece.length)));
      if (end > piece.length) return true;
      if (this.hash.digest('hex') !== instance.dataSetSha256) return false;
      this.hash = createHash('sha256');
      this.place += 1;
    }
  }
}
