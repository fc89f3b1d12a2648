import type { ObjectStore } from '@yinglian/objects';
import type { Place } from '../domain/kept-object.js';

/** A store, and what tells it from others. */
export interface StoreAt {
  readonly store: ObjectStore;
  /** Its folder or URL. */
  readonly address: string;
}

/** The store that answers, and its replica where there is one. */
export class ObjectPlaces {
  constructor(
    readonly primary: StoreAt,
    readonly replica: StoreAt | undefined,
  ) {}

  at(place: Place): StoreAt | undefined {
    return place === 'primary' ? this.primary : this.replica;
  }

  /** Where else the same objects are. */
  otherThan(place: Place): (StoreAt & { readonly place: Place }) | undefined {
    const elsewhere: Place = place === 'primary' ? 'replica' : 'primary';
    const other = this.at(elsewhere);
    return other === undefined ? undefined : { ...other, place: elsewhere };
  }
}
