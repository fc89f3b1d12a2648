import { Injectable } from '@nestjs/common';
import { HospitalConfiguration } from '../follow-configuration/hospital-configuration.js';
import { ForwardInstances } from '../forward-instances/forward-instances.js';
import { KeptParcel } from './kept-parcel.js';
import { PullsClient } from './pulls.client.js';

/** Brings packs that stayed at the hospital, each once at a time. */
@Injectable()
export class KeptPackBringer {
  private readonly onTheirWay = new Set<string>();

  constructor(
    private readonly configuration: HospitalConfiguration,
    private readonly forward: ForwardInstances,
    private readonly pulls: PullsClient,
  ) {}

  /** Whether new packs stay. */
  get keepsPixels(): boolean {
    return this.configuration.current?.pixels === 'on-demand';
  }

  /** Whether there are packs that may be asked for. */
  get hasSome(): boolean {
    return this.forward.kept.isUsed;
  }

  get count(): number {
    return this.onTheirWay.size;
  }

  isOnItsWay(digest: string): boolean {
    return this.onTheirWay.has(digest);
  }

  /** Somebody waits for it: it goes as urgent. False when it is not here. */
  async pulled(digest: string, studyInstanceUid: string): Promise<boolean> {
    this.forward.urgent.mark(studyInstanceUid);
    return this.begin(digest, studyInstanceUid);
  }

  /** The hospital uploads again. Throws a PackError when it cannot be read. */
  async uploaded(digest: string): Promise<void> {
    const pack = await this.forward.kept.find(digest);
    if (pack === undefined) return;
    const { studyInstanceUid } = await this.forward.kept.manifestOf(pack);
    await this.begin(digest, studyInstanceUid);
  }

  private async begin(digest: string, studyInstanceUid: string): Promise<boolean> {
    if (this.onTheirWay.has(digest)) return true;
    this.onTheirWay.add(digest);
    const pack = await this.forward.kept.find(digest);
    if (pack === undefined) {
      this.onTheirWay.delete(digest);
      return false;
    }
    const { kept: keptPacks, refused: refusedPacks } = this.forward;
    this.forward.bring(
      new KeptParcel(pack, studyInstanceUid, {
        keptPacks,
        refusedPacks,
        keepsPixels: () => this.keepsPixels,
        failed: () => this.pulls.tell(digest, 'damaged'),
        over: () => this.onTheirWay.delete(digest),
      }),
    );
    return true;
  }
}
