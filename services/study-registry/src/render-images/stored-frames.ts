import { Injectable } from '@nestjs/common';
import type { DicomJson } from '@yinglian/dicom';
import { failure, type Result, success } from '@yinglian/platform';
import { frameRanges } from '../domain/frame-ranges.js';
import { InstanceBytes } from '../storage/instance-bytes.js';
import type { StoredInstance } from '../storage/study-contents.js';
import { registryProblems } from '../study-registry.errors.js';
import type { FrameSource } from './frame-source.js';

/** Frames of registered instances, as rendering reads them. */
@Injectable()
export class StoredFrames {
  constructor(private readonly bytes: InstanceBytes) {}

  /** Failures: NOT_AN_IMAGE, FRAME_NOT_FOUND. Frames count from 1. */
  of(instance: StoredInstance, frameNumber: number, metadata: DicomJson): Result<FrameSource> {
    if (!isImage(instance)) return failure(registryProblems.NOT_AN_IMAGE);
    const ranges = frameRanges(instance, frameNumber);
    if (ranges === undefined) return failure(registryProblems.FRAME_NOT_FOUND);
    return success({
      transferSyntaxUid: instance.transferSyntaxUid,
      metadata,
      frameNumber,
      readFrame: () => this.bytes.pixels(instance, ranges),
      readBulk: async (tag: string) => (await this.bytes.element(instance, tag)) ?? Buffer.alloc(0),
    });
  }
}

export const isImage = ({ pixels, rows }: StoredInstance): boolean => pixels !== null && rows > 0;
