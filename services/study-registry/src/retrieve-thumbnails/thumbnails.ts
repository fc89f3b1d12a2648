import { Injectable } from '@nestjs/common';
import { failure, type Result, success } from '@yinglian/platform';
import { LRUCache } from 'lru-cache';
import { frameRanges } from '../domain/frame-ranges.js';
import { renderFrame } from '../render-images/render-frame.js';
import { InstanceBytes } from '../storage/instance-bytes.js';
import { PackIndexStore } from '../storage/pack-index.store.js';
import type { StoredInstance } from '../storage/study-contents.js';
import { registryProblems } from '../study-registry.errors.js';

const LONGER_SIDE_PIXELS = 256;
const QUALITY = 82;
const KEPT_BYTES = 32 * 1024 * 1024;

/** Small pictures of single frames, the last ones kept: a timeline shows the same again and again. */
@Injectable()
export class Thumbnails {
  private readonly kept = new LRUCache<string, Buffer>({
    maxSize: KEPT_BYTES,
    sizeCalculation: ({ length }) => length,
  });

  constructor(
    private readonly indexes: PackIndexStore,
    private readonly bytes: InstanceBytes,
  ) {}

  /** A JPEG. Failures: NOT_AN_IMAGE, FRAME_NOT_FOUND, RENDERING_UNSUPPORTED. */
  async of(instance: StoredInstance, frame: number): Promise<Result<Buffer>> {
    const key = `${instance.digest} ${instance.place} ${frame}`;
    const known = this.kept.get(key);
    if (known !== undefined) return success(known);
    if (instance.pixels === null) return failure(registryProblems.NOT_AN_IMAGE);
    const ranges = frameRanges(instance, frame);
    if (ranges === undefined) return failure(registryProblems.FRAME_NOT_FOUND);
    const metadata = (await this.indexes.metadata(instance.digest))[instance.place] ?? {};
    const source = {
      transferSyntaxUid: instance.transferSyntaxUid,
      metadata,
      frameNumber: frame,
      readFrame: () => this.bytes.pixels(instance, ranges),
      readBulk: async (tag: string) => (await this.bytes.element(instance, tag)) ?? Buffer.alloc(0),
    };
    const made = await renderFrame(source, {
      maxSide: LONGER_SIDE_PIXELS,
      quality: QUALITY,
      mediaType: 'image/jpeg',
    });
    if (made.ok) this.kept.set(key, made.value);
    return made;
  }
}
