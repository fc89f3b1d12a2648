import { Injectable } from '@nestjs/common';
import { RecompressPacks } from '../recompress-packs/recompress-packs.js';
import { ReleasePacks } from '../release-packs/release-packs.js';

/** Lets packs go and stores others compact, one after the other: neither works on what the other deletes. */
@Injectable()
export class TendPacks {
  constructor(
    private readonly release: ReleasePacks,
    private readonly recompress: RecompressPacks,
  ) {}

  /** Whether there may be more to do. A trouble of the one does not keep the other back. @throws what they throw */
  async execute(signal: AbortSignal): Promise<boolean> {
    const [released] = await Promise.allSettled([this.release.execute(signal)]);
    const isMore = await this.recompress.execute(signal);
    if (released.status === 'rejected') throw released.reason;
    return released.value || isMore;
  }
}
