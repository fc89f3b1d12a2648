import type { ListedJoin } from '../storage/listed-join.store.js';

/** Studies that may belong to several exams: the newest, not more than a screen holds. */
export interface ListedJoins {
  readonly joins: readonly ListedJoin[];
}
