import type { ProvinceClient } from '../province/province.client.js';
import { LinkRate } from '../shape-uploads/link-rate.js';
import { type Lane, systemClock, type UploadClock } from '../shape-uploads/upload-lanes.js';
import type { LinkSettings, UploadSettings } from '../shape-uploads/upload-settings.js';
import type { LinkFigures } from './link-health.js';
import { type LinkState, UploadLink } from './upload-link.js';

const ONLY_LINK: LinkSettings = { name: 'default' };

/**
 * The lines to the province in the order in which the hospital prefers them. Each upload takes the first that is up, open for its
 * lane and has a free place: so the next one is used when those before it are down, closed or full.
 */
export class UploadLinks {
  private links: { readonly way: string; readonly link: UploadLink }[] = [];

  constructor(
    private readonly connect: (link: LinkSettings) => ProvinceClient,
    private readonly clock: UploadClock = systemClock,
  ) {}

  /** A link that goes another way now is a new one; what is under way on the old one breaks and goes on elsewhere. */
  async apply(settings: UploadSettings): Promise<void> {
    const before = this.links;
    const wanted = settings.links.length === 0 ? [ONLY_LINK] : settings.links;
    this.links = wanted.map((each) => {
      const rate = new LinkRate(settings, each);
      const way = JSON.stringify([each.name, each.url, each.localAddress]);
      const known = before.find((one) => one.way === way);
      if (known !== undefined) known.link.lanes.rate = rate;
      return known ?? { way, link: new UploadLink(each.name, this.connect(each), rate, this.clock) };
    });
    await closed(before.filter((each) => !this.links.includes(each)).map(({ link }) => link));
  }

  freeFor(lane: Lane): UploadLink | undefined {
    return this.links.find(({ link }) => link.canTake(lane))?.link;
  }

  /** Asks those that failed and have rested whether they work again. */
  probe(): void {
    for (const { link } of this.links) void link.probe();
  }

  list(): LinkState[] {
    return this.links.map(({ link }) => link.state);
  }

  /** What is to survive a restart, by the names of the links. */
  figures(): { readonly name: string; readonly figures: LinkFigures }[] {
    return this.links.map(({ link }) => ({ name: link.name, figures: link.figures }));
  }

  /** Takes over what a link of that name carried, when there is one. */
  restore(name: string, figures: LinkFigures): void {
    this.links.find(({ link }) => link.name === name)?.link.restore(figures);
  }

  close(): Promise<void> {
    return closed(this.links.map(({ link }) => link));
  }
}

async function closed(links: readonly UploadLink[]): Promise<void> {
  await Promise.all(links.map(({ province }) => province.close()));
}
