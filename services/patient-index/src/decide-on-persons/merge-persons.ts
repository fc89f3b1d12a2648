import { Injectable } from '@nestjs/common';
import type { Sql } from '@yinglian/persistence';
import { addDecision, addMerge, areSeparated, type Maker } from '../storage/decision.store.js';
import type { StoredPerson } from '../storage/person.store.js';
import { Restand } from './restand.js';

/** ALREADY: they are one, in whatever direction it was asked. KEPT_APART: a steward found that they are not the same. */
export type MergeOutcome =
  | { readonly kind: 'MERGED'; readonly decisionId: string }
  | { readonly kind: 'ALREADY' | 'KEPT_APART' };

/** Makes two persons one; who stands for the second stands for both. */
@Injectable()
export class MergePersons {
  constructor(private readonly restand: Restand) {}

  execute(tx: Sql, fromId: string, intoId: string, maker: Maker, at: Date): Promise<MergeOutcome> {
    return this.restand.around<MergeOutcome>(tx, [fromId, intoId], maker.reason, at, async (groups) => {
      const [left, joined] = [groupOf(groups, fromId), groupOf(groups, intoId)];
      if (left.includes(intoId)) return { kind: 'ALREADY' };
      if (await areSeparated(tx, left, joined)) return { kind: 'KEPT_APART' };
      const decisionId = await addDecision(tx, 'merge', maker, at);
      await addMerge(tx, decisionId, { fromId, intoId });
      return { kind: 'MERGED', decisionId };
    });
  }
}

/** All who are one with the person. */
export function groupOf(persons: readonly StoredPerson[], personId: string): string[] {
  const survivorId = persons.find((one) => one.personId === personId)?.survivorId;
  return persons.filter((one) => one.survivorId === survivorId).map((one) => one.personId);
}
