import { Inject, Injectable } from '@nestjs/common';
import { ObjectDamaged, ObjectMissing, ObjectStore } from '@yinglian/objects';
import { Database } from '@yinglian/persistence';
import { PackStore } from '../storage/pack.store.js';
import { packKey } from '../storage/pack-index.js';
import { type PackReader, PackSource } from '../storage/pack-source.js';
import { PullStore } from '../storage/pull.store.js';
import { ArrivingPacks } from './arriving-packs.js';
import { failed, PULL_WAIT_MS, unreachable } from './pull-problems.js';
import { WantedPacks } from './wanted-packs.js';

/** How soon it is seen that the pack came to another process, or that its gateway has not got it, where that is not heard of. */
const LOOK_EVERY_MS = 500;
/** Packs of one answer that are asked for before they are read. */
const ASKED_AHEAD = 64;
/** Packs that are waited for by readers of this process. */
const WAITED_FOR_AT_ONCE = 256;

/** Opens packs that are here, and has those brought that are at their hospitals (ADR 0038): however many ask for one, it comes once. */
@Injectable()
export class PullPacks extends PackSource {
  private readonly waiting = new Map<string, Promise<void>>();

  constructor(
    private readonly database: Database,
    private readonly objects: ObjectStore,
    private readonly arriving: ArrivingPacks,
    private readonly wanted: WantedPacks,
    @Inject(PULL_WAIT_MS) private readonly longestWaitMs: number,
  ) {
    super();
  }

  async isHere(digest: string): Promise<boolean> {
    try {
      const pack = await this.objects.open(packKey(digest));
      pack.release();
      return true;
    } catch (error) {
      if (error instanceof ObjectMissing) return false;
      // Who reads it finds that it is damaged.
      if (error instanceof ObjectDamaged) return true;
      throw error;
    }
  }

  async askFor(digests: readonly string[]): Promise<ReadonlySet<string>> {
    const packs = new PackStore(this.database);
    const asked = new Set<string>();
    for (const digest of new Set(digests)) {
      if (await this.isHere(digest)) continue;
      const known = await packs.find(digest);
      if (!known?.atHospital) continue;
      asked.add(digest);
      if (asked.size <= ASKED_AHEAD) await this.wanted.add({ ...known, digest });
    }
    return asked;
  }

  async open(digest: string): Promise<PackReader> {
    const arriving = this.arriving.find(digest);
    if (arriving !== undefined) return arriving.reader();
    try {
      return await this.stored(digest);
    } catch (error) {
      if (!(error instanceof ObjectMissing)) throw error;
      await this.brought(digest);
    }
    return this.arriving.find(digest)?.reader() ?? this.stored(digest);
  }

  private async stored(digest: string): Promise<PackReader> {
    return Object.assign(await this.objects.open(packKey(digest)), { whole: async () => {} });
  }

  /** Resolves when it comes or is here. */
  private brought(digest: string): Promise<void> {
    const known = this.waiting.get(digest);
    if (known !== undefined) return known;
    if (this.waiting.size >= WAITED_FOR_AT_ONCE) return Promise.reject(unreachable());
    const bringing = this.bring(digest).finally(() => this.waiting.delete(digest));
    this.waiting.set(digest, bringing);
    return bringing;
  }

  private async bring(digest: string): Promise<void> {
    const packs = new PackStore(this.database);
    const pulls = new PullStore(this.database);
    const known = await packs.find(digest);
    if (!known?.atHospital) return;
    await this.wanted.add({ ...known, digest });
    for (let deadline = Date.now() + this.longestWaitMs; ; ) {
      const leftMs = deadline - Date.now();
      if (leftMs <= 0) throw unreachable();
      if (this.arriving.find(digest) === undefined) {
        const isHeardOf = await this.arriving.bell.wait(digest, Math.min(LOOK_EVERY_MS, leftMs));
        // It comes to another process.
        if (isHeardOf) deadline = Date.now() + this.longestWaitMs;
      }
      if (this.arriving.find(digest) !== undefined) return;
      const failure = await pulls.failureOf(digest);
      if (failure !== undefined) throw failed(failure);
      if (!(await packs.find(digest))?.atHospital) return;
    }
  }
}
