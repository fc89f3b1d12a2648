import { Injectable } from '@nestjs/common';
import { PackError, PackOutline } from '@yinglian/dicom';
import { ObjectDamaged, ObjectMissing, ObjectStore } from '@yinglian/objects';
import type { PackBytes } from '../receive-pack/read-pack.js';
import { packKey } from './pack-index.js';

/** Whether bytes are an outline as it was stored. */
export function isSoundOutline(bytes: Buffer): boolean {
  try {
    PackOutline.parse(bytes);
    return true;
  } catch {
    return false;
  }
}

export const outlineKey = (digest: string) => `${packKey(digest)}.outline`;

/** What describes packs: their bytes, or their outlines while those are at the hospital (ADR 0038). */
@Injectable()
export class PackOutlines {
  constructor(private readonly objects: ObjectStore) {}

  /** Undefined for a pack that came with its bytes. */
  async find(digest: string): Promise<PackOutline | undefined> {
    try {
      return PackOutline.parse(await this.objects.readAll(outlineKey(digest)));
    } catch (error) {
      if (error instanceof ObjectMissing) return undefined;
      throw error;
    }
  }

  /** The pack is here, and describes itself. */
  remove(digest: string): Promise<void> {
    return this.objects.delete(outlineKey(digest));
  }

  /** Reads what describes a pack from its bytes, or else from its outline. @throws ObjectMissing, PackError */
  async read<T>(digest: string, use: (bytes: PackBytes) => Promise<T>): Promise<T> {
    try {
      const pack = await this.objects.open(packKey(digest));
      return await use(pack).finally(pack.release);
    } catch (error) {
      if (error instanceof ObjectDamaged) throw new PackError(error.message);
      const outline = error instanceof ObjectMissing ? await this.find(digest) : undefined;
      if (outline === undefined) throw error;
      return use(outline);
    }
  }
}
