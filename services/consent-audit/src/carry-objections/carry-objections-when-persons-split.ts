import { Injectable } from '@nestjs/common';
import { personGroup, type SurvivorFollower, type SurvivorTold } from '@yinglian/access';
import { ConsentWithdrawnV1 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import type { Sql } from '@yinglian/persistence';
import { carryOver, lockGroups, noteGroupSince } from '../storage/objection-groups.js';

/**
 * What was objected to while persons were one holds for each of them when they are split: nobody knows who it was that came to
 * the desk. Whoever it was not takes it back. When several are told of one after the other, some may seem to be split for a moment:
 * then there is one objection more than needed, never one less.
 */
@Injectable()
export class CarryObjectionsWhenPersonsSplit implements SurvivorFollower {
  constructor(private readonly outbox: Outbox) {}

  async survivorTold(tx: Sql, told: SurvivorTold): Promise<void> {
    await lockGroups(tx);
    const group = await personGroup(tx, told.personId);
    if (told.isNews && told.survivorId !== null) await noteGroupSince(tx, group, told.at);
    for (const { consentId, personId, studyUid, withdrawnAt } of await carryOver(tx, group)) {
      await this.outbox.add(tx, ConsentWithdrawnV1, {
        consentId,
        personId,
        scope: studyUid === null ? { kind: 'person' } : { kind: 'study', studyInstanceUid: studyUid },
        withdrawnAt: withdrawnAt.toISOString(),
      });
    }
  }
}
