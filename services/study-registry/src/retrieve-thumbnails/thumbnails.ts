import { Injectable } from '@nestjs/common';
import { type Result, success } from '@yinglian/platform';
import { LRUCache } from 'lru-cache';
import type { PictureType } from '../render-images/picture.js';
import { renderFrame } from '../render-images/render-frame.js';
import { StoredFrames } from '../render-images/stored-frames.js';
import type { Viewport } from '../render-images/viewport.js';
import { PackIndexStore } from '../storage/pack-index.store.js';
import { nameOf, type StoredInstance } from '../storage/study-contents.js';

const QUALITY = 82;
const KEPT_BYTES = 32 * 1024 * 1024;

/** What a thumbnail shows, and how. */
export interface Thumbnail {
  readonly instance: StoredInstance;
  readonly frame: number;
  readonly mediaType: PictureType;
  readonly viewport: Viewport;
}

/** Small pictures of single frames, the last ones kept: a timeline shows the same again and again. */
@Injectable()
export class Thumbnails {
  private readonly kept = new LRUCache<string, Buffer>({
    maxSize: KEPT_BYTES,
    sizeCalculation: ({ length }) => length,
  });

  constructor(
    private readonly indexes: PackIndexStore,
    private readonly frames: StoredFrames,
  ) {}

  /** Failures: NOT_AN_IMAGE, FRAME_NOT_FOUND, RENDERING_UNSUPPORTED. */
  async of(thumbnail: Thumbnail): Promise<Result<Buffer>> {
    const key = thumbnailName(thumbnail).join(' ');
    const known = this.kept.get(key);
    if (known !== undefined) return success(known);
    const { instance, frame, mediaType, viewport } = thumbnail;
    const metadata = (await this.indexes.metadata(instance.digest))[instance.place] ?? {};
    const source = this.frames.of(instance, frame, metadata);
    if (!source.ok) return source;
    const made = await renderFrame(source.value, { viewport, quality: QUALITY, mediaType });
    if (made.ok) this.kept.set(key, made.value);
    return made;
  }
}

/** All that a thumbnail depends on. */
export const thumbnailName = ({ instance, frame, mediaType, viewport }: Thumbnail): string[] => [
  nameOf(instance),
  String(frame),
  mediaType,
  `${viewport.width},${viewport.height}`,
];
