import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { readManifest } from '@yinglian/dicom';
import { ObjectStore } from '@yinglian/objects';
import { Database } from '@yinglian/persistence';
import type { PackBytes } from '../receive-pack/read-pack.js';
import { packKey } from '../storage/pack-index.js';
import { PackOutlines } from '../storage/pack-outlines.js';
import { PullStore } from '../storage/pull.store.js';
import { ArrivingPack } from './arriving-pack.js';
import { Bell } from './bell.js';
import { failed, PULL_WAIT_MS, unreachable } from './pull-problems.js';

const PIECE_BYTES = 1024 * 1024;
/** How often others hear that a pack goes on coming: some times within what they wait. */
const TOLD_EVERY_MS = 1_000;
const TOLD_AT_LEAST = 4;

/** Packs that come from hospitals to this process now. */
@Injectable()
export class ArrivingPacks implements OnApplicationShutdown {
  private readonly packs = new Map<string, ArrivingPack>();
  /** Rings by a digest when its pack begins to come, or when it was said that it will not. */
  readonly bell = new Bell();

  constructor(
    private readonly database: Database,
    private readonly objects: ObjectStore,
    private readonly outlines: PackOutlines,
    @Inject(PULL_WAIT_MS) private readonly longestSilenceMs: number,
  ) {}

  find(digest: string): ArrivingPack | undefined {
    return this.packs.get(digest);
  }

  /** One connection brings it, or more of it. Undefined when another one does, or nothing is known that it could be held against. */
  async begin(digest: string): Promise<ArrivingPack | undefined> {
    const outline = this.packs.has(digest) ? undefined : await this.outlines.find(digest);
    const known = this.packs.get(digest);
    if (known !== undefined) return known.attach() ? known : undefined;
    if (outline === undefined) return undefined;
    const { instances } = await readManifest(outline.sizeBytes, (position, length) => outline.read(position, length));
    const over = () => {
      if (this.packs.get(digest) === pack) this.packs.delete(digest);
    };
    const pack = new ArrivingPack(outline, instances, this.longestSilenceMs, this.teller(digest), over);
    pack.attach();
    this.packs.set(digest, pack);
    this.bell.ring(digest);
    return pack;
  }

  /** Tells readers at other processes, now and then. */
  private teller(digest: string): () => void {
    const everyMs = Math.min(TOLD_EVERY_MS, this.longestSilenceMs / TOLD_AT_LEAST);
    let toldAt = Number.NEGATIVE_INFINITY;
    return () => {
      if (performance.now() - toldAt < everyMs) return;
      toldAt = performance.now();
      // Who does not hear of it looks for the pack itself.
      new PullStore(this.database).comes(digest).catch(() => {});
    };
  }

  /** Whether the bytes of a pack are what was said of them. */
  async agrees(digest: string, pack: PackBytes): Promise<boolean> {
    const outline = await this.outlines.find(digest);
    for (const [start, length] of outline?.ranges ?? []) {
      for (let at = start; at < start + length; at += PIECE_BYTES) {
        const piece = await pack.read(at, Math.min(PIECE_BYTES, start + length - at));
        if (outline?.agreesWith(piece, at) === false) return false;
      }
    }
    return true;
  }

  /** It is registered as one that is here. */
  async arrived(digest: string): Promise<void> {
    const pack = this.packs.get(digest);
    if (pack !== undefined) pack.end(await this.objects.open(packKey(digest)));
    await this.outlines.remove(digest);
  }

  /** What came is not the pack. */
  async refused(digest: string, hospital: string): Promise<void> {
    this.packs.get(digest)?.fail(failed('damaged'));
    await new PullStore(this.database).fail(digest, hospital, 'damaged');
    this.bell.ring(digest);
  }

  onApplicationShutdown(): void {
    for (const pack of this.packs.values()) pack.fail(unreachable());
    this.bell.ringAll();
  }
}
