import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ByteRange } from '@yinglian/dicom';
import { InstanceBytes } from '../storage/instance-bytes.js';
import type { StoredInstance } from '../storage/study-contents.js';

/** `not-compared`: there is no other version, it is encoded in another way, or there was more than is read for one answer. */
export type PixelComparison = 'equal' | 'differ' | 'no-pixels' | 'not-compared';

const BYTES_AT_MOST = 64 * 1024 * 1024;
const PIECE_BYTES = 256 * 1024;

export interface PixelBudget {
  bytesLeft: number;
}

/** Whether two versions show the same: their stored pixel data, byte for byte. */
@Injectable()
export class ComparePixels {
  constructor(private readonly bytes: InstanceBytes) {}

  /** What one answer may read. */
  budget(): PixelBudget {
    return { bytesLeft: BYTES_AT_MOST };
  }

  async of(first: StoredInstance, other: StoredInstance, budget: PixelBudget): Promise<PixelComparison> {
    if (first.pixels === null && other.pixels === null) return 'no-pixels';
    if (first.transferSyntaxUid !== other.transferSyntaxUid) return 'not-compared';
    const [before, after] = [rangesOf(first), rangesOf(other)];
    if (sizeOf(before) !== sizeOf(after)) return 'differ';
    budget.bytesLeft -= 2 * sizeOf(before);
    if (budget.bytesLeft < 0) return 'not-compared';
    return (await this.digest(first, before)) === (await this.digest(other, after)) ? 'equal' : 'differ';
  }

  private async digest(instance: StoredInstance, ranges: readonly ByteRange[]): Promise<string> {
    const hash = createHash('sha256');
    const scratch = Buffer.allocUnsafeSlow(PIECE_BYTES);
    for await (const piece of this.bytes.pixelPieces(instance, ranges, scratch)) hash.update(piece);
    return hash.digest('hex');
  }
}

function rangesOf({ pixels }: StoredInstance): readonly ByteRange[] {
  if (pixels === null) return [];
  if (pixels.frames === null) return [[pixels.offset, pixels.length ?? 0]];
  return pixels.frames.flat().map(([offset, length]) => [offset, length]);
}

const sizeOf = (ranges: readonly ByteRange[]) => ranges.reduce((sum, [, length]) => sum + length, 0);
