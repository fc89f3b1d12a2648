import type { Sql } from '@yinglian/persistence';
import type { Survivor } from '../storage/person-groups.js';

export interface SurvivorTold extends Survivor {
  /** UTC instant of the merge or split, RFC 3339. */
  readonly at: string;
  /** False when something later was known already. */
  readonly isNews: boolean;
}

/** What the host service does when it is told who stands for a person, within the transaction that keeps it. */
export interface SurvivorFollower {
  survivorTold(tx: Sql, told: SurvivorTold): Promise<void>;
}

export const SURVIVOR_FOLLOWER = Symbol('survivor follower');
