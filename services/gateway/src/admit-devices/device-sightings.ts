import { Injectable } from '@nestjs/common';

/** When a device was here last, and for what; times are UTC instants. */
export interface DeviceSighting {
  readonly aeTitle: string;
  readonly openAssociations: number;
  readonly lastAssociationAt: string | undefined;
  readonly lastEchoAt: string | undefined;
  readonly lastImageAt: string | undefined;
  /** Images that were stored. */
  readonly images: number;
}

type Mutable = { -readonly [Key in keyof DeviceSighting]: DeviceSighting[Key] };

/** What was seen of each device. Only admitted devices are here, so their number is bounded. */
@Injectable()
export class DeviceSightings {
  private readonly seen = new Map<string, Mutable>();
  private readonly changed = new Set<Mutable>();

  list(): readonly DeviceSighting[] {
    return [...this.seen.values()].map((sighting) => ({ ...sighting }));
  }

  /** What a process before this one saw, unless the device was here since. */
  restore(sighting: Omit<DeviceSighting, 'openAssociations'>): void {
    if (!this.seen.has(sighting.aeTitle)) this.seen.set(sighting.aeTitle, { ...sighting, openAssociations: 0 });
  }

  /** Those that were seen since this was called last. */
  takeChanged(): readonly DeviceSighting[] {
    const changed = [...this.changed];
    this.changed.clear();
    return changed;
  }

  openAssociations(aeTitle: string): number {
    return this.seen.get(aeTitle)?.openAssociations ?? 0;
  }

  associationOpened(aeTitle: string): void {
    const sighting = this.of(aeTitle);
    sighting.openAssociations += 1;
    sighting.lastAssociationAt = now();
  }

  associationClosed(aeTitle: string): void {
    this.of(aeTitle).openAssociations -= 1;
  }

  echoed(aeTitle: string): void {
    this.of(aeTitle).lastEchoAt = now();
  }

  imageStored(aeTitle: string): void {
    const sighting = this.of(aeTitle);
    sighting.images += 1;
    sighting.lastImageAt = now();
  }

  private of(aeTitle: string): Mutable {
    const sighting = this.seen.get(aeTitle) ?? this.unseen(aeTitle);
    this.changed.add(sighting);
    return sighting;
  }

  private unseen(aeTitle: string): Mutable {
    const sighting: Mutable = {
      aeTitle,
      openAssociations: 0,
      lastAssociationAt: undefined,
      lastEchoAt: undefined,
      lastImageAt: undefined,
      images: 0,
    };
    this.seen.set(aeTitle, sighting);
    return sighting;
  }
}

const now = () => new Date().toISOString();
